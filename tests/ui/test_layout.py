"""Blocks, lists and drawings, as a template uses them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from opstap.ui.components.drawings import bar_chart, week
from opstap.ui.navigation import navigation


def drawn(source: str, path: str = "/", **context: object) -> str:
    with translation.override("nl"):
        return Template("{% load opstap %}" + source).render(
            Context(context | {"request": RequestFactory().get(path), "csrf_token": "geheim"})
        )


def test_confirm_shows_the_consequence_before_the_button() -> None:
    """First what will happen, then the button; the form carries its guards."""
    html = drawn('{% confirm "Weigeren" url="/nee/" tone="danger" action="Ja, weigeren" %}<p>Amina krijgt bericht.</p>{% endconfirm %}')
    assert html.index("Amina krijgt bericht") < html.index("Ja, weigeren")
    assert (html.count('value="geheim"'), html.count('name="once_key"'), html.count('action="/nee/"')) == (1, 1, 1)


def test_confirm_escapes_its_label() -> None:
    """A label made of data is text."""
    assert drawn('{% confirm label url="/" %}{% endconfirm %}', label="<b>x</b>").count("<b>") == 0


def test_card_escapes_its_title_and_keeps_its_content() -> None:
    """The content was rendered by the template already; the title is data."""
    html = drawn('{% card title url="/p/" state="free" %}<p>{{ body }}</p>{% endcard %}', title="<i>", body="<u>")
    assert (html.count("<i>"), html.count("<u>"), html.count("<p>&lt;u&gt;</p>")) == (0, 0, 1)


@pytest.mark.parametrize(
    ("path", "url", "sort"),
    [
        ("/?q=an", "?q=an&amp;sort=name", ""),
        ("/?sort=name&page=3", "?sort=-name", "ascending"),
        ("/?sort=-name", "?sort=name", "descending"),
    ],
)
def test_sort_header_turns_around(path: str, url: str, sort: str) -> None:
    """A header sorts, then sorts the other way; the filter stays and the page starts again."""
    html = drawn('{% sort_header "name" "Naam" %}', path)
    assert (html.count(f'href="{url}"'), html.count(f'aria-sort="{sort}"')) == (1, 1 if sort else 0)


def test_pagination_keeps_the_query() -> None:
    """Going to another page keeps the filter."""
    html = drawn("{% pagination page %}", "/?q=an&page=2", page=Paginator(range(95), 10).page(2))
    assert (html.count("?q=an&amp;page=3"), html.count('aria-current="page"'), html.count("11 tot 20 van 95")) == (1, 1, 1)


def test_pagination_of_one_page_has_no_links() -> None:
    """One page needs no links, but still says how many there are."""
    html = drawn("{% pagination page %}", page=Paginator(range(3), 10).page(1))
    assert (html.count("<a "), html.count("1 tot 3 van 3")) == (0, 1)


def test_timeline_reads_events_of_plain_data() -> None:
    """Events may come as mappings; the day is in words."""
    html = drawn("{% timeline events %}", events=[{"at": date(2023, 9, 1), "title": "Voorstel", "by": "Els"}])
    assert html.count("1 september 2023 · Els") == 1


def test_facts_without_value_say_not_known() -> None:
    """Unknown is an answer."""
    assert drawn("{% facts rows %}", rows=[("Rijbewijs", None)]).count("<dd>niet bekend</dd>") == 1


def test_progress_that_has_ended_asks_no_more() -> None:
    """A bar polls while it runs and stops when it is done."""
    running = drawn('{% progress 3 9 "De ronde" url="/stand/" %}')
    ended = drawn('{% progress 9 9 "De ronde" url="/stand/" is_running=False %}')
    assert (running.count("hx-get"), ended.count("hx-get")) == (1, 0)


def test_week_marks_needed_half_days_that_miss() -> None:
    """The person has monday and tuesday morning; friday morning is needed and missing."""
    with translation.override("nl"):
        props = week(("mon_am", "tue_am"), needed=("mon_am", "fri_am"))
    assert props["rows"][0] == ("vm", ["on", "on", "", "", "miss", "", ""])
    assert props["missing"] == ["vrijdagvoormiddag"]


def test_week_from_mask_equals_week_from_codes() -> None:
    """A bit mask and a list of codes draw the same week; unknown is not an empty week."""
    assert week(0b101) == week(("mon_am", "tue_am"))
    assert (week(None)["known"], week(0)["known"]) == (False, True)


def test_bar_chart_scales_to_its_highest() -> None:
    """The highest bar fills the chart; zero draws nothing long."""
    lengths = [bar.length for bar in bar_chart([("a", 10), ("b", 5), ("c", 0)], "x")["bars"]]
    assert lengths == [360.0, 180.0, 0.0]


def test_qr_does_not_repeat_its_text() -> None:
    """The text of a code is only in its modules, so nothing in it can become markup."""
    html = drawn("{% qr text %}", text='https://x.example/"><script>')
    assert (html.count("<script"), html.count('role="img"'), html.count("<svg")) == (0, 1, 1)


def test_navigation_marks_the_longest_match() -> None:
    """On a page within a page, the nearest one is current."""
    items = navigation("/plaatsen/bord/3/", ("Start", "/"), ("Plaatsen", "/plaatsen/"), ("Bord", "/plaatsen/bord/", 4))
    assert [item.is_current for item in items] == [False, False, True]


def test_navigation_does_not_match_half_a_name() -> None:
    """A page whose address only starts alike is another page."""
    assert [item.is_current for item in navigation("/plaatsenlijst/", ("Plaatsen", "/plaatsen/"))] == [False]
