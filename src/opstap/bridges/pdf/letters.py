"""Letters as tagged PDF (PDF/UA-1), typeset by typst. Text goes in as JSON, never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import segno

from opstap.bridges.pdf.data import LetterData
from opstap.bridges.pdf.typesetting import typeset


def letter(data: LetterData) -> bytes:
    """Return the letter as a PDF file; the same data give the same bytes. Raises typst.TypstError when a drawing in it is not valid SVG."""
    return letters([data], title=data.title)


def letters(data: Sequence[LetterData], *, title: str) -> bytes:
    """Return letters as one PDF file, each on pages of its own; `title` names the file. Raises ValueError when there is none."""
    if not data:
        raise ValueError("there is no letter to print")
    day = data[0].written_on
    given = {
        "title": title,
        "author": data[0].sender.name,
        "letters": [_as_json(each) for each in data],
    }
    return typeset("letter.typ", given, written_on=day)


def qr_svg(text: str) -> str:
    """Return a QR code as SVG that fills its place; error level M survives a crease."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=2, light="#fff", omitsize=True))


def _as_json(data: LetterData) -> dict[str, Any]:
    answer = data.answer
    return {
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
