"""Every text that the product shows has its Dutch, whole and with the same placeholders. `python -m laws.translations`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import polib

from laws.texts import Text, shown_texts
from opstap.ui.catalogue import merged

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def missing(language: str = "nl") -> list[str]:
    """Return one line per text without a translation, or with one that is unfinished or loses a placeholder."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in merged(language)}
    found: dict[str, None] = {}
    for text in shown_texts():
        entry = known.get((text.context, text.singular))
        for trouble in _troubles(text, entry):
            found[f"{text.where}: {trouble}: {text.singular!r}"] = None
    return list(found)


def unused(language: str = "nl") -> list[str]:
    """Return the translations of texts that nothing shows any more."""
    shown = {(text.context, text.singular) for text in shown_texts()}
    return [entry.msgid for entry in merged(language) if (entry.msgctxt, entry.msgid) not in shown]


def _troubles(text: Text, entry: polib.POEntry | None) -> Iterator[str]:
    if entry is None:
        yield "has no Dutch"
        return
    given = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(given) or entry.fuzzy:
        yield "has unfinished Dutch"
    if (text.plural or "") != entry.msgid_plural:
        yield "has another plural in the Dutch file"
    wanted = set(PLACEHOLDER.findall(text.plural or text.singular))
    if any(set(PLACEHOLDER.findall(translation)) - wanted for translation in given):
        yield "has a placeholder in Dutch that is not filled"
    if given and set(PLACEHOLDER.findall(given[-1])) != wanted:
        yield "loses a placeholder in Dutch"


def main() -> int:
    """Print what is missing; return 1 when anything is."""
    lines = missing()
    for line in lines:
        sys.stdout.write(f"{line}\n")
    for text in unused():
        sys.stdout.write(f"note: nothing shows {text!r} any more\n")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
