"""Finding words of health in what is about to leave the house."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from opstap.bridges.spreadsheets.cells import fold

_WORD = re.compile(r"[^\W\d_][\w-]*")
_FILE = Path(__file__).with_name("health_words.yaml")


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(fold(each) for each in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["beginnings"])


def health_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words of the texts that speak of health, as they were written, each once and in order."""
    words = (word for text in texts for word in _WORD.findall(text))
    return tuple(dict.fromkeys(word for word in words if fold(word).startswith(_beginnings())))
