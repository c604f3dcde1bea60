"""Letters as tagged PDF (PDF/UA-1), typeset by typst. Text goes in as JSON, never as markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from opstap.bridges.pdf.data import LetterData

_HERE = Path(__file__).resolve().parent
_TEMPLATE = _HERE / "letter.typ"
_WITHOUT_GLYPH = {ord("\u00ad"): "", ord("\ufeff"): "", ord("\u200b"): ""}
_LOWEST_PRINTABLE = 32


@cache
def _fonts() -> typst.Fonts:
    """Return the product's own fonts, read once; the machine's fonts are left out, so that a letter looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_HERE / "fonts")])


def letter(data: LetterData) -> bytes:
    """Return the letter as a PDF file; the same data give the same bytes. Raises typst.TypstError when a drawing in it is not valid SVG."""
    return letters([data], title=data.title)


def letters(data: Sequence[LetterData], *, title: str) -> bytes:
    """Return letters as one PDF file, each on pages of its own; `title` names the file. Raises ValueError when there is none."""
    if not data:
        raise ValueError("there is no letter to print")
    day = data[0].written_on
    given = {
        "title": _printable(title),
        "author": _printable(data[0].sender.name),
        "written_on": {"year": day.year, "month": day.month, "day": day.day},
        "letters": [_as_json(each) for each in data],
    }
    return bytes(
        typst.compile(
            str(_TEMPLATE),
            root=str(_HERE),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"letters": json.dumps(given, ensure_ascii=False)},
            timestamp=int(datetime.combine(day, time(), tzinfo=UTC).timestamp()),
        )
    )


def qr_svg(text: str) -> str:
    """Return a QR code as SVG that fills its place; error level M survives a crease."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=2, light="#fff", omitsize=True))


def _as_json(data: LetterData) -> dict[str, Any]:
    answer = data.answer
    whole: dict[str, Any] = {
        "title": data.title, "language": data.language, "reference": data.reference, "footer": data.footer,
        "sender": {"name": data.sender.name, "lines": data.sender.lines, "product": data.sender.product},
        "recipient": data.recipient, "place_and_date": data.place_and_date, "salutation": data.salutation,
        "paragraphs": data.paragraphs, "closing": data.closing, "after": data.after,
        "box_title": data.box_title, "facts": data.facts, "reasons_title": data.reasons_title, "reasons": data.reasons,
        "map": data.map_svg, "map_words": data.map_words,
        "answer": answer and {
            "title": answer.title, "ways": answer.ways, "code": answer.code, "code_label": answer.code_label,
            "qr": qr_svg(answer.url), "qr_words": answer.qr_words,
        },
    }  # fmt: skip
    return {name: _printable(value) for name, value in whole.items()}


def _printable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value with control characters and lone surrogates taken out of its texts: they have no shape on paper."""
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    if not isinstance(value, str):
        return value
    clean = value.encode("utf-8", "ignore").decode().translate(_WITHOUT_GLYPH)
    return "".join(sign for sign in clean if ord(sign) >= _LOWEST_PRINTABLE or sign == "\n")
