"""A walk through the product in a real browser: every page that is seen is judged."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
HEIGHTS = {390: 844, 1280: 900}
WIDE = 640
"""Pixels from which the menu of a desk is not folded."""
WIDTHS = tuple(HEIGHTS)
"""A phone and a desk."""
PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine."""
_ASK = """([part, rules]) => {
    const where = node => `${node.target.join(' ')}: ${node.html.slice(0, 120)}`;
    const told = one => [one.id, one.nodes.map(where).slice(0, 3)];
    const options = {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'], preload: false};
    return axe.run(part || document, options).then(run => run.violations.map(told)) }"""
_FOCUS = """() => { const it = document.activeElement, look = getComputedStyle(it), box = it.getBoundingClientRect();
    const seen = look.outlineStyle !== 'none' && box.width > 1 && box.bottom > 0 && box.top < innerHeight;
    return [(it.innerText || it.value || it.ariaLabel || it.tagName).trim(), seen ? parseFloat(look.outlineWidth) : 0] }"""
MOST_TABS = 40
_EXPECTED = re.compile(r"the server responded with a status of (409|410|404|422)")
_pictures = count(1)


@dataclass
class Walk:
    """Somebody's way through the pages, with what the browser complained about on the way."""

    page: Page
    address: str
    width: int
    has_scripts: bool
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, browser: Browser, address: str, width: int, *, has_scripts: bool = True) -> Walk:
        """Open an empty page of this width."""
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="nl-BE",
            java_script_enabled=has_scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        walk = cls(context.new_page(), address, width, has_scripts)
        walk.page.on("console", walk._hear)
        walk.page.on("pageerror", lambda error: walk.complaints.append(f"script: {error}"))
        walk.page.on("response", walk._watch)
        return walk

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _EXPECTED.search(message.text):
            self.complaints.append(f"{message.type}: {message.text}")

    def _watch(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def end(self) -> None:
        """Close the page; what the browser complained about on the way fails the walk."""
        self.page.context.close()
        assert self.complaints == [], "\n".join(self.complaints)

    def go(self, path: str) -> None:
        """Open an address of the product, or a whole one."""
        self.page.goto(path if path.startswith("http") else self.address + path)

    def log_in(self, role: str) -> None:
        """Log in with the one click of the demonstration."""
        self.go(f"/demo-login/{role}/")

    def sees(self, heading: str) -> None:
        """Wait for a page with this main heading, and judge it: no barriers, nothing outside the screen, nothing refused."""
        self.page.locator("h1", has_text=heading).wait_for()
        self.judge()

    def judge(self, part: str = "") -> None:
        """Judge the page as it is now, or only the part that has changed."""
        self.page.wait_for_load_state()
        self._picture()
        too_wide = self.page.locator("html").evaluate("page => page.scrollWidth - page.clientWidth")
        found = [f"{too_wide} pixels stick out"] if too_wide else []
        found += [f"{name}: {where}" for name, where in self._barriers(part)] if self.has_scripts else []
        found += self.complaints
        assert found == [], "\n".join([self.page.url, *found])

    def _barriers(self, part: str) -> list[tuple[str, list[str]]]:
        """Return what axe finds; it comes in from outside the page, so that the content security policy stays as it is."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE)
        found: list[tuple[str, list[str]]] = self.page.evaluate(_ASK, [part, list(RULES)])
        return found

    def _picture(self) -> None:
        """Keep a picture of the page where OPSTAP_PICTURES says, for whoever wants to look at it."""
        folder = os.environ.get("OPSTAP_PICTURES")
        if folder:
            path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", self.page.url.removeprefix(self.address)).strip("/").replace("/", "_")
            self.page.screenshot(path=f"{folder}/{next(_pictures):03}-{self.width}-{path[:60] or 'home'}.png", full_page=True)

    def press(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """Press the first button with this name."""
        (within or self.page).get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """Follow the first link with this name; on a phone it may be in the menu that is folded."""
        menu = self.page.locator("details.fold:not([open]) > summary")
        if self.width < WIDE and within is None and menu.count() and not self.page.get_by_role("link", name=name, exact=exact).count():
            menu.first.click()
        self.open((within or self.page).get_by_role("link", name=name, exact=exact).first)

    def open(self, link: Locator) -> None:
        """Follow this link and, unless it only changes a part of the page, wait for the page it leads to."""
        if link.get_attribute("hx-get") is not None:
            link.click()
            return
        with self.page.expect_navigation():
            link.click()

    def confirm(self, name: str, action: str = "", **typed: str) -> None:
        """Open what asks for confirmation, read the consequence, type what it asks by its label, and press its button."""
        asked = self.page.locator("details.confirm").filter(has=self.page.locator("summary", has_text=name)).first
        asked.locator("summary").click()
        for label, text in typed.items():
            asked.get_by_label(label).fill(text)
        self.judge("details.confirm[open]")
        asked.get_by_role("button", name=action or name).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label).first.fill(text)

    def tab_to(self, text: str) -> None:
        """Press tab until what has the focus says the text; on the way the focus must be seen, and soon be there."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            said, ring = self.page.evaluate(_FOCUS)
            assert ring >= 2, f"the focus cannot be seen on: {said}"
            if text in said:
                return
        raise AssertionError(f"not reached with tab: {text}")

    def hears(self, text: str) -> None:
        """Wait until the text stands on the page."""
        self.page.get_by_text(text).first.wait_for()
