"""Every reason in plain words. Each area adds its texts in `words_<area>.py`; a test proves that no reason code is without one."""

from __future__ import annotations

import gettext
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


class _Gentle(Formatter):
    """Fills placeholders; a fact that is missing stays visible as its name instead of breaking a page."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ANN401 - the signature of string.Formatter
        return kwargs.get(str(key), f"{{{key}}}") if isinstance(key, str) else super().get_value(key, args, kwargs)


def say(reason: Reason, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the reason as a plain sentence; raises KeyError for a code without a text (a test keeps that from happening)."""
    from opstap.ui.fact_words import fact_in_words  # noqa: PLC0415 - fact_words reads translate() from here

    facts = {name: fact_in_words(name, value, language) for name, value in reason.facts.items()}
    return _Gentle().vformat(translate(texts()[reason.code], language), (), facts)
