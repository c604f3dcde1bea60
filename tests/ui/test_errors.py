"""Error pages say what happened, one next step and the desk's number; they need no database."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.shortcuts import render
from django.test import RequestFactory, override_settings
from django.utils import translation

from opstap.engine.shared import Reason
from opstap.ui import errors
from opstap.ui.site import current_site
from opstap.ui.words import say, texts


def page(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize("status", errors.TROUBLES)
def test_error_page_has_title_and_phone(status: int) -> None:
    """Every status answers with its own title and the desk's telephone as a link."""
    with translation.override("nl"):
        response = errors.error_page(RequestFactory().get("/x/"), status)
        title = errors.trouble(status).title
    html = page(response)
    assert (response.status_code, html.count(f"<h1>{title}</h1>"), html.count(current_site().desk_phone_link)) == (status, 1, 1)


@pytest.mark.parametrize("status", [status for status in errors.TROUBLES if status != 410])
def test_error_template_stands_alone(status: int) -> None:
    """The template of a status needs no request, no session and no context."""
    with translation.override("nl"):
        html = page(render(None, f"{status}.html", status=status))
        assert html.count(f"<h1>{errors.trouble(status).title}</h1>") == 1


def test_denied_is_absent() -> None:
    """What is denied and what is not there give the same answer, byte for byte."""
    request = RequestFactory().get("/dossier/1/")
    denied, absent = errors.forbidden(request), errors.not_found(request)
    assert (denied.status_code, denied.content, denied.headers) == (absent.status_code, absent.content, absent.headers)


def test_not_found_does_not_repeat_the_address() -> None:
    """A tried address, and what may hide in it, is not written on the page."""
    assert page(errors.not_found(RequestFactory().get("/geheim-123/"), Exception("geheim-123"))).count("geheim-123") == 0


def test_conflict_says_why_and_what_else() -> None:
    """The loser of a race reads the reason and what else is free, instead of a general way out."""
    reason = Reason(next(iter(sorted(texts()))))
    choices = [errors.Choice("Fietshersteller", "/p/2/")]
    html = page(errors.error_page(RequestFactory().post("/ja/"), 409, reason=reason, choices=choices))
    assert (html.count(say(reason)), html.count('href="/p/2/"')) == (1, 1)


def test_after_a_form_the_way_back_is_its_page() -> None:
    """The address of a form that failed cannot be opened; the page it stood on can."""
    posted = RequestFactory().post("/plaatsen/1/ja/", headers={"referer": "http://testserver/plaatsen/1/"})
    foreign = RequestFactory().post("/plaatsen/1/ja/", headers={"referer": "http://elders.example/kwaad/"})
    assert (errors.way_back(posted), errors.way_back(foreign), errors.way_back(None)) == ("/plaatsen/1/", "/plaatsen/1/ja/", "")


def test_expired_link_offers_a_fresh_one_by_post() -> None:
    """A dead link never renews itself by being opened: the step is a form."""
    response = errors.expired_link(RequestFactory().get("/o/x/"), renew_url="/o/x/nieuw/")
    assert (response.status_code, page(response).count('<form method="post" action="/o/x/nieuw/">')) == (410, 1)


def test_overload_says_when_to_come_back() -> None:
    """Too many tries and being away carry Retry-After."""
    request = RequestFactory().get("/")
    assert [errors.error_page(request, status).get("Retry-After") for status in (429, 503)] == ["300", "30"]


def test_site_phone_becomes_a_link_of_the_country() -> None:
    """A Belgian number is dialled the same from abroad."""
    assert current_site().desk_phone_link == "tel:+3259000000"


@override_settings(OPSTAP_SITE={"city": "Stad Brugge"})
def test_site_setting_overrides() -> None:
    """A city names itself in one setting."""
    assert (current_site().city, current_site().product) == ("Stad Brugge", "Opstap")
