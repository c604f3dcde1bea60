"""The components in a real browser, on a phone and on a desk: accessible, within the screen, by keyboard and without scripts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page
from tests.browser.walk import AXE

PAGES = ("/galerij/", "/galerij/?vorm=publiek", "/leeg/")
WIDTHS = (390, 1280)
TARGETS = (
    "button, .button, .nav a, select, textarea, label.choice, .choices label, summary, .pages a,"
    "input:not([type=hidden]):not([type=radio]):not([type=checkbox])"
)


class Quiet(WSGIRequestHandler):
    """Does not write a line per request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the component pages without a database, under the product's own content security policy."""
    middleware = ["csp.middleware.CSPMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
    processors = ["django.template.context_processors.request"]
    templates = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": processors}}
    ]
    with override_settings(ROOT_URLCONF="tests.browser.component_pages", MIDDLEWARE=middleware, TEMPLATES=templates):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


def opened(browser: Browser, url: str, width: int = 1280, **options: object) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="nl-BE", **options)  # type: ignore[arg-type]  # playwright's own names
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_barriers(browser: Browser, address: str, path: str, width: int) -> None:
    """Axe finds nothing, and nothing sticks out of the screen."""
    page = opened(browser, address + path, width, bypass_csp=True)
    page.add_script_tag(content=AXE)
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(run => run.violations.map(one => [one.id, one.nodes[0].target[0]]))"
    )
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.context.close()
    assert (found, too_wide) == ([], 0)


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_nothing_that_the_policy_refuses(browser: Browser, address: str, path: str) -> None:
    """The content security policy has nothing to refuse, and no script fails."""
    page = opened(browser, "about:blank")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.context.close()
    assert [line for line in said if "status of 409" not in line] == []


def test_touch_targets_are_44_pixels(browser: Browser, address: str) -> None:
    """On a phone every button and input of the public pages is at least 44 pixels high; a check box counts with its label."""
    page = opened(browser, address + "/galerij/?vorm=publiek", 390, has_touch=True, is_mobile=True)
    small = page.evaluate(
        """selector => [...document.querySelectorAll(selector)]
        .filter(it => it.offsetParent && it.getBoundingClientRect().height < 43.9).map(it => it.outerHTML.slice(0, 80))""",
        TARGETS,
    )
    page.context.close()
    assert small == []


def test_confirm_works_without_scripts(browser: Browser, address: str) -> None:
    """Without scripts the consequence and the button still open; what needs scripts is not shown."""
    page = opened(browser, address + "/lijst/", 390, java_script_enabled=False)
    page.get_by_text("Weigeren").first.click()
    shown = (page.get_by_text("Amina krijgt bericht.").is_visible(), page.get_by_role("button", name="Niets doen").is_visible())
    page.context.close()
    assert shown == (True, False)


def test_escape_closes_a_confirmation(browser: Browser, address: str) -> None:
    """Escape closes what was opened and gives the focus back."""
    page = opened(browser, address + "/lijst/")
    page.locator(".confirm summary").focus()
    page.keyboard.press("Enter")
    opened_before = page.get_by_text("Amina krijgt bericht.").is_visible()
    page.keyboard.press("Escape")
    state = (opened_before, page.get_by_text("Amina krijgt bericht.").is_visible(), page.evaluate("document.activeElement.tagName"))
    page.context.close()
    assert state == (True, False, "SUMMARY")


def test_list_is_walked_by_keyboard_and_opens_beside(browser: Browser, address: str) -> None:
    """J and k walk the rows; enter opens the panel, the list stays; escape closes it and returns to the row."""
    page = opened(browser, address + "/lijst/")
    for key in ("j", "j", "j", "k", "Enter"):
        page.keyboard.press(key)
    page.get_by_role("heading", name="Bert in het paneel").wait_for()
    still_there = page.get_by_role("link", name="Chloe").is_visible()
    page.keyboard.press("Escape")
    state = (still_there, page.locator("#panel").inner_text(), page.evaluate("document.activeElement.textContent"))
    page.context.close()
    assert state == (True, "", "Bert")


def test_row_on_a_phone_opens_its_own_page(browser: Browser, address: str) -> None:
    """There is no room beside the list, so the link is an ordinary link."""
    page = opened(browser, address + "/lijst/", 390)
    page.get_by_role("link", name="Chloe").click()
    page.get_by_role("heading", name="Chloe op een eigen pagina").wait_for()
    here = page.url
    page.context.close()
    assert here == f"{address}/lijst/?open=Chloe"


def test_failing_fragment_says_so(browser: Browser, address: str) -> None:
    """A fragment that fails leaves the page as it is and says so where screen readers hear it."""
    page = opened(browser, address + "/lijst/")
    page.get_by_role("button", name="Stuk").click()
    said = page.locator("#notice .bad")
    said.wait_for()
    heard = (said.inner_text(), page.locator("#notice").get_attribute("role"))
    page.context.close()
    assert heard == ("Dat lukte niet. Probeer het opnieuw, of bel het loket.", "status")


def test_first_error_has_the_focus(browser: Browser, address: str) -> None:
    """After a form came back, the box of errors has the focus, and its link goes to the field."""
    page = opened(browser, address + "/galerij/?vorm=publiek")
    first = page.evaluate("document.activeElement.id")
    page.locator("#errors").get_by_role("link", name="Geboortedatum").click()
    state = (first, page.evaluate("location.hash"))
    page.context.close()
    assert state == ("errors", "#id_birth_date")


def test_city_changes_the_look_with_its_own_values(browser: Browser, address: str) -> None:
    """A city that sets the brand values in its token file changes buttons, links and drawings alike."""
    page = opened(browser, address + "/galerij/?vorm=publiek", bypass_csp=True)
    page.add_style_tag(content=":root{--opstap-accent:#7a1f5c;--opstap-accent-strong:#4d1139}")
    parts = {
        ".head .button": "backgroundColor",
        ".card h3 a": "color",
        ".top": "borderBottomColor",
        ".steps .done": "borderTopColor",
        ".foot": "backgroundColor",
    }
    seen = [
        page.evaluate("([part, name]) => getComputedStyle(document.querySelector(part))[name]", [part, name])
        for part, name in parts.items()
    ]
    page.context.close()
    assert seen == ["rgb(122, 31, 92)"] * 4 + ["rgb(77, 17, 57)"]
