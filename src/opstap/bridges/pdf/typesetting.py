"""From data to a tagged PDF (PDF/UA-1), typeset by typst. Text goes in as JSON, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
_WITHOUT_GLYPH = {ord("\u00ad"): "", ord("\ufeff"): "", ord("\u200b"): ""}
_LOWEST_PRINTABLE = 32


@cache
def fonts() -> typst.Fonts:
    """Return the product's own fonts, read once; the machine's fonts are left out, so that paper looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])


def typeset(template: str, data: Mapping[str, Any], *, written_on: date) -> bytes:
    """Return the PDF that a template of this folder makes of the data; the same data give the same bytes."""
    moment = datetime.combine(written_on, time(), tzinfo=UTC)
    day = {"year": written_on.year, "month": written_on.month, "day": written_on.day}
    return bytes(
        typst.compile(
            str(HERE / template),
            root=str(HERE),
            font_paths=fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps({**printable(data), "written_on": day}, ensure_ascii=False)},
            timestamp=int(moment.timestamp()),
        )
    )


def printable(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value with control characters and lone surrogates taken out of its texts: they have no shape on paper."""
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    if not isinstance(value, str):
        return value
    clean = value.encode("utf-8", "ignore").decode().translate(_WITHOUT_GLYPH)
    return "".join(sign for sign in clean if ord(sign) >= _LOWEST_PRINTABLE or sign == "\n")
