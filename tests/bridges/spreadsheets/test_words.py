"""Every problem that the reader can report has its words."""

from __future__ import annotations

import re
from pathlib import Path

from opstap.ui.words import translate
from opstap.ui.words_rostering import TEXTS as ROSTERING
from opstap.ui.words_spreadsheet import TEXTS

SOURCES = Path(__file__).parents[3] / "src" / "opstap"
WHOLE = re.compile(r'"(spreadsheet\.[a-z_]+)"')
SHORT = re.compile(r'(?:warned\([^"\n]+|refused\(\s*|row\.add\([^"]*"[a-z_]+", |row\.add\([a-z_]+, )"([a-z_]+)"')


def reported() -> set[str]:
    """Return the codes that the sources of the reader and of its desk name."""
    text = "".join(
        path.read_text(encoding="utf-8")
        for room in ("bridges/spreadsheets", "desks/spreadsheet")
        for path in sorted((SOURCES / room).rglob("*.py"))
    )
    return set(WHOLE.findall(text)) | {f"spreadsheet.{code}" for code in SHORT.findall(text)}


def test_words_every_code() -> None:
    """A code without a text would break the page on which it is shown."""
    codes = reported()

    assert len(codes) > 50
    assert codes - set(TEXTS) - set(ROSTERING) == set()


def test_words_in_dutch() -> None:
    """Every text has its Dutch, with the same placeholders."""
    fields = re.compile(r"\{[a-z_]+\}")

    assert [code for code, text in TEXTS.items() if translate(text, "nl") == text and text != "{file}: {why}"] == []
    assert [code for code, text in TEXTS.items() if sorted(fields.findall(text)) != sorted(fields.findall(translate(text, "nl")))] == []
