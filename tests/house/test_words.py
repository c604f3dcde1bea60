"""Every reason, every code and every shown text has its plain Dutch."""

from __future__ import annotations

import ast
from enum import StrEnum
from importlib import import_module
from string import Formatter

import pytest

from laws.source import PACKAGE, modules, name_of, tree
from laws.translations import missing
from opstap.ui.components.status import STATES
from opstap.ui.fact_words import CODES
from opstap.ui.words import texts, translate

NEVER_SHOWN = {
    "LinkPurpose": "a link says what it opens by the page it leads to",
    "RowKind": "the sheet's own name is shown",
}


def reason_codes() -> dict[str, str]:
    """Return every reason code in the source with the place that gives it."""
    found: dict[str, str] = {}
    for path in modules():
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(func=ast.Name(id="Reason"), args=[ast.Constant(value=str(code)), *_]):
                    found[code] = f"{name_of(path)}:{node.lineno}"
    return found


def enums() -> list[type[StrEnum]]:
    """Return the enumerations of all rooms."""
    names = [".".join(("opstap", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in modules() if path.name == "enums.py"]
    classes = [
        value for name in names for value in vars(import_module(name)).values() if isinstance(value, type) and value.__module__ == name
    ]
    return [found for found in classes if issubclass(found, StrEnum)]


def test_reason_has_a_text() -> None:
    """A "no" without words helps nobody."""
    known = texts()
    assert {code: where for code, where in reason_codes().items() if code not in known} == {}


@pytest.mark.parametrize("code", sorted(texts()))
def test_reason_text_is_dutch_and_keeps_its_facts(code: str) -> None:
    """The Dutch is another sentence than the English, filled from the same facts."""
    english, dutch = texts()[code], translate(texts()[code])
    assert (dutch != english) == any(part.strip(" :,()") for part, _, _, _ in Formatter().parse(english))
    assert _fields(dutch) == _fields(english)


@pytest.mark.parametrize("choices", [found for found in enums() if found.__name__ not in NEVER_SHOWN], ids=lambda found: found.__name__)
def test_choice_has_a_word(choices: type[StrEnum]) -> None:
    """A code that a person meets is a word: in the codes, the badges, or the reasons."""
    worded = {*CODES, *STATES, *(code.rpartition(".")[2] for code in texts())}
    assert [choice.value for choice in choices if choice.value not in worded | {"", "none"}] == []


def test_shown_texts_have_dutch() -> None:
    """The product's language is Dutch, always whole."""
    assert missing() == []


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
