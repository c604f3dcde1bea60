"""What every page has, whoever looks: strict headers, no inline script or style, guarded forms; and a no that has them too."""

from __future__ import annotations

import re

from tests.house.access.forms import GUARDS, Form, goal, writing_forms
from tests.house.access.pages import Seen
from tests.house.access.visitors import World

INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")|<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE
)
WITHOUT_KEY = {
    "jobseeker:code": "a wrong code must stay counted although the form is shown again",
    "jobseeker:print_letter": "it answers with a file; asked twice it gives the file twice, each with its row in the log",
    "jobseeker:print_letters": "it answers with a file; asked twice it gives the file twice, each with its rows in the log",
    "counsellor:signature_link": "it answers with a paper that holds the link; asked twice it is another link, each with its row",
    "planner:month_export": "it answers with a file, each with its row in the log",
    "counsellor:export": "it answers with a file, each with its row in the log",
    "coordinator:export_waiting": "it answers with a file, each with its row in the log",
    "coordinator:export_round": "it answers with a file, each with its row in the log",
    "coordinator:mentors:export_register": "it answers with a file, each with its row in the log",
    "coordinator:mentors:export_package": "it answers with a file, each with its row in the log",
    "coordinator:reports:export": "it answers with a file, each with its row in the log",
    "gallery": "a form to look at, that goes nowhere",
}


def test_every_page_has_strict_headers(seen: list[Seen]) -> None:
    """No script or style but our own files, no sniffing, no frames, no address told to strangers."""
    loose = {}
    for page in seen:
        policy = page.answer.headers.get("Content-Security-Policy", "")
        rest = tuple(page.answer.headers.get(name, "") for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"))
        is_strict = "default-src 'self'" in policy and "unsafe" not in policy and rest == ("nosniff", "DENY", "same-origin")
        if not is_strict:
            loose[str(page)] = (policy, rest)
    assert (loose, len(seen) > 100) == ({}, True)


def test_no_personal_page_is_kept_by_a_browser(seen: list[Seen]) -> None:
    """What somebody sees after logging in, or through a link, is not stored."""
    personal = [page for page in seen if page.who != "anonymous" or not page.row.name.startswith("public:")]
    assert [str(page) for page in personal if "no-store" not in page.answer.headers.get("Cache-Control", "")] == []


def test_no_page_has_inline_script_or_style(seen: list[Seen]) -> None:
    """The policy would stop it, so it must not be there."""
    found = {str(page): INLINE.findall(page.text)[:3] for page in seen if page.is_html and INLINE.search(page.text)}
    assert found == {}


def test_every_form_that_writes_is_guarded(seen: list[Seen]) -> None:
    """Each carries the token against forgery and the key that makes it work once; the exceptions are named above with their reason."""
    forms = [(page, form) for page in seen if page.is_html for form in writing_forms(page.text, page.address)]
    bare = {f"{page} -> {goal(form)}" for page, form in forms if not form.names.issuperset(guards(form))}
    assert (bare, len(forms) > 50) == (set(), True)


def guards(form: Form) -> tuple[str, ...]:
    """Return the hidden fields that a form must have."""
    return GUARDS[:1] if goal(form) in WITHOUT_KEY else GUARDS


def test_refusals_have_the_same_headers(world: World) -> None:
    """A page that is not there is as strict as one that is."""
    for client in world.browsers.values():
        answer = client.get("/begeleiding/is-er-niet/")
        assert answer.status_code == 404
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]
