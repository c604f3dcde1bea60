"""Every reason in plain words. Each area adds its texts in `words_<area>.py`; a test proves that no reason code is without one."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import TYPE_CHECKING, Any

import opstap.ui
from opstap.ui.catalogue import LOCALE

if TYPE_CHECKING:
    from opstap.engine.shared.reason import Reason

DEFAULT_LANGUAGE = "nl"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", str(LOCALE), languages=[language], fallback=True)


@cache
def texts() -> dict[str, str]:
    """Return the English text of every reason code, gathered from the `TEXTS` of all `words_<area>` modules."""
    gathered: dict[str, str] = {}
    for module in iter_modules(opstap.ui.__path__):
        if module.name.startswith("words_"):
            gathered |= import_module(f"opstap.ui.{module.name}").TEXTS
    return gathered


def translate(text: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the text in the language, or as it is when the language has no translation of it."""
    return _catalogue(language).gettext(text) if text else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact in words, and whether it is one; as a format it chooses: `{minutes:minute|minutes}`."""

    words: str
    is_one: bool

    def __format__(self, choice: str) -> str:
        one, chooses, many = choice.partition("|")
        if not chooses:
            return format(self.words, choice)
        return one if self.is_one else many


class _Gentle(Formatter):
    """Fills placeholders; a fact that is missing stays visible as its name instead of breaking a page."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ANN401 - the signature of string.Formatter
        missing = _Told(f"{{{key}}}", is_one=False)
        return kwargs.get(str(key), missing) if isinstance(key, str) else super().get_value(key, args, kwargs)


def _is_one(fact: object) -> bool:
    return len(fact) == 1 if isinstance(fact, tuple) else fact == 1 and not isinstance(fact, bool)


def fill(text: str, facts: Mapping[str, object], words: Callable[[str, Any], str] = lambda _, fact: str(fact)) -> str:
    """Return the text with its placeholders filled; `words` puts a fact, given its name and value, into words.

    `{minutes}` is the fact itself. `{minutes:minute|minutes}` is the first word when the fact is the number one, or a list of
    one, else the second; Dutch and English choose alike. A fact that is missing stays visible as its name.
    """
    told = {name: _Told(words(name, fact), _is_one(fact)) for name, fact in facts.items()}
    return _Gentle().vformat(text, (), told)


def say(reason: Reason, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the reason as a plain sentence; raises KeyError for a code without a text (a test keeps that from happening)."""
    from opstap.ui.fact_words import fact_in_words  # noqa: PLC0415 - fact_words reads translate() from here

    return fill(translate(texts()[reason.code], language), reason.facts, lambda name, fact: fact_in_words(name, fact, language))
