"""What a browser downloads: small, our own or vendored with its sum, and nothing inline."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UI = ROOT / "src" / "opstap" / "ui"
STATIC = UI / "static"
TEMPLATES = sorted((UI / "templates").rglob("*.html")) + sorted((UI / "templates").rglob("*.svg"))
CSS = (STATIC / "ui" / "opstap.css").read_text()
ROWS = re.findall(r"^\| ([\w/.-]+) \|.*\| ([0-9a-f]{64}) \|$", (STATIC / "vendor" / "VENDORED.md").read_text(), re.MULTILINE)


def test_css_stays_within_15_kilobytes() -> None:
    """All of our own style fits in 15 KB."""
    assert len(CSS.encode()) <= 15_000


def test_scripts_stay_within_10_kilobytes() -> None:
    """All of our own controllers fit in 10 KB."""
    assert sum(path.stat().st_size for path in (STATIC / "ui").glob("*.js")) <= 10_000


@pytest.mark.parametrize(("path", "total"), ROWS)
def test_vendored_file_is_what_it_says(path: str, total: str) -> None:
    """A vendored file has the SHA-256 of its row."""
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == total


def test_every_vendored_file_has_a_row() -> None:
    """No file of others is served without its name, version and licence."""
    served = {
        str(path.relative_to(ROOT)) for path in (STATIC / "vendor").rglob("*") if path.is_file() and path.suffix not in {".md", ".txt"}
    }
    assert served - {path for path, _total in ROWS} == set()


def test_css_fetches_only_our_own_files() -> None:
    """Every url() in the style sheet is a file next to it."""
    urls = re.findall(r"url\(([^)]+)\)", CSS)
    assert [url for url in urls if not (STATIC / "ui" / url).resolve().is_file()] == []


def test_css_property_used_is_set() -> None:
    """No custom property is read that nobody sets, save those with a value to fall back on."""
    used = set(re.findall(r"var\((--[\w-]+)\)", CSS))
    assert used - set(re.findall(r"(--[\w-]+):", CSS)) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_nothing_inline(path: Path) -> None:
    """No inline script, style or event handler: the content security policy refuses them."""
    assert re.findall(r"<script>|<style|\sstyle=|\son\w+=|javascript:", path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_icon_is_drawn(path: Path) -> None:
    """An icon that a template asks for exists."""
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "ui" / "icons.svg").read_text()))
    assert set(re.findall(r'{% icon "(\w+)"', path.read_text())) - drawn == set()


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def token(name: str) -> str:
    found = re.search(rf"{name}:(#[0-9a-f]{{3,6}})", CSS)
    assert found is not None
    return found[1] if len(found[1]) == 7 else "#" + "".join(2 * sign for sign in found[1][1:])


@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("--utrecht-document-color", "--utrecht-document-background-color"),
        ("--opstap-muted", "--opstap-sand"),
        ("--opstap-accent", "--opstap-accent-soft"),
        ("--utrecht-button-primary-action-color", "--opstap-accent"),
        ("--utrecht-button-primary-action-color", "--opstap-accent-strong"),
        ("--utrecht-feedback-success-color", "--utrecht-feedback-success-background-color"),
        ("--utrecht-feedback-warning-color", "--utrecht-feedback-warning-background-color"),
        ("--utrecht-feedback-danger-color", "--utrecht-feedback-danger-background-color"),
    ],
)
def test_token_pair_is_readable(front: str, back: str) -> None:
    """Text on its ground has a contrast of at least 4.5 (WCAG 2.2 AA)."""
    light, dark = sorted((luminance(token(front)), luminance(token(back))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
