"""Error pages as product pages: what happened, one next step, the desk's phone number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from opstap.engine.shared.reason import Reason


@dataclass(frozen=True, slots=True)
class Trouble:
    """The texts of one error page (English msgids): what happened, what it means, and the one next step."""

    title: str
    text: str
    action: str = ""
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)


_START = (later("Go to the start page"), "/")
_AGAIN = (later("Try again"), "")

TROUBLES: dict[int, Trouble] = {
    400: Trouble(
        later("We do not understand this question"),
        later("Something in the address or the form is not right."),
        *_START,
    ),
    403: Trouble(
        later("Please open the page again"),
        later("This form was open for too long, or came from another page. Nothing was changed."),
        *_START,
    ),
    404: Trouble(
        later("We cannot find this page"),
        later("Perhaps the address is wrong, perhaps the page is not for you or no longer there."),
        *_START,
    ),
    405: Trouble(
        later("That cannot be done this way"),
        later("Open the page and use its button."),
        *_START,
    ),
    409: Trouble(
        later("Someone was just before you"),
        later("What you chose has changed in the meantime. Nothing was lost."),
        later("See how it is now"),
        "",
    ),
    410: Trouble(
        later("This link no longer works"),
        later("A link works for a limited time, to keep your data safe. You can ask a new one."),
        later("Send me a new link"),
        "",
    ),
    413: Trouble(
        later("This file is too big"),
        later("The file was not read. Make it smaller, or send it in parts."),
        *_START,
    ),
    429: Trouble(
        later("Too many tries"),
        later("Wait a few minutes and try again."),
        "",
        "",
        {"Retry-After": "300"},
    ),
    500: Trouble(
        later("Something went wrong with us"),
        later("It is not your fault. We have been told. Try again in a moment."),
        *_AGAIN,
    ),
    503: Trouble(
        later("We are away for a moment"),
        later("The service cannot be reached just now. Nothing was lost. Try again in a minute."),
        *_AGAIN,
        {"Retry-After": "30"},
    ),
}
"""Every status that has a page. An empty `url` with an action means: this same page again."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way on from a page that says no: another free place, the list, the person again."""

    label: str
    url: str


def trouble(status: int) -> Trouble:
    """Return the texts of a status in the active language; raises KeyError for a status without a page."""
    it = TROUBLES[status]
    return Trouble(_(it.title), _(it.text), _(it.action) if it.action else "", it.url, it.headers)


def way_back(request: HttpRequest | None) -> str:
    """Return the page to go on from: this one, or after a form the page it stood on; "" (this address) without a request."""
    if request is None:
        return ""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if request.method == "POST" and came_from.netloc == request.get_host() else request.path


def error_page(
    request: HttpRequest | None,
    status: int,
    *,
    reason: Reason | None = None,
    choices: Sequence[Choice] = (),
    action_url: str = "",
    text: str = "",
) -> HttpResponse:
    """Return the page of a status, needing no database, session or context processor; raises KeyError for a status without a page.

    `reason` is said in words, `choices` are what is possible instead, `action_url` is where the one next step leads,
    `text` replaces the explanation.
    """
    props = {"status": status, "reason": reason, "choices": choices, "action_url": action_url, "text": text, "request": request}
    headers = TROUBLES[status].headers | {"Cache-Control": "no-store"}
    return HttpResponse(render_to_string("ui/errors/error.html", props), status=status, headers=headers)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 (`handler400`)."""
    del exception  # its text is for logs
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what is denied exactly as if it were absent (`handler403`)."""
    return not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid token (`CSRF_FAILURE_VIEW`)."""
    del reason  # its text is for logs
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 (`handler404`)."""
    del exception  # a path that was tried is not repeated on the page
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 (`handler500`)."""
    return error_page(request, 500)


def expired_link(request: HttpRequest, *, renew_url: str) -> HttpResponse:
    """Answer a link that has ended, with the step to a fresh one sent to the same address."""
    return error_page(request, 410, action_url=renew_url)
