"""What well-known functions ask of a body, for an association that did not say so itself; to be confirmed by it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_FUNCTIONS = Path(__file__).resolve().parent / "assumed_functions.json"


@cache
def assumed_demands() -> dict[str, tuple[str, ...]]:
    """Return the codes of what each function asks, by its title as it is written in the file."""
    return {title: tuple(codes) for title, codes in json.loads(_FUNCTIONS.read_text(encoding="utf-8")).items()}
