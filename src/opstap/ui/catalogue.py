"""The product's texts: one PO file per area, merged into one catalogue per language."""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def merged(language: str) -> polib.POFile:
    """Return all areas' texts of a language as one file; raises ValueError when two areas translate one text differently."""
    whole = polib.POFile()
    whole.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language, "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    seen: dict[tuple[str | None, str], polib.POEntry] = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            key = (entry.msgctxt, entry.msgid)
            if key not in seen:
                seen[key] = entry
                whole.append(entry)
            elif (seen[key].msgstr, seen[key].msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                msg = f"{path.name}: {entry.msgid!r} is already translated as {seen[key].msgstr!r} in another area"
                raise ValueError(msg)
    return whole


def compile_catalogue(language: str = "nl") -> Path:
    """Write the merged catalogue where gettext reads it, if a source is newer; return its path."""
    target = LOCALE / language / "LC_MESSAGES" / "django.mo"
    sources = list((LOCALE / language).glob("*.po"))
    newest = max((path.stat().st_mtime for path in sources), default=0.0)
    if not target.exists() or target.stat().st_mtime < newest:
        target.parent.mkdir(parents=True, exist_ok=True)
        merged(language).save_as_mofile(str(target))
    return target
