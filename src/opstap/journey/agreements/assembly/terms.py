"""The text of agreements, per version: read from `terms/*.yaml`; a version holds from its first day until the next one's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.journey.agreements.enums import FIELDS, Party

TERMS = Path(__file__).resolve().parents[1] / "terms"


class TermsError(Exception):
    """A file of terms says something that cannot be; the message names the file and what may stand there."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of the text and where it comes from; `names_policy`: under it the number of the host's insurance is printed."""

    title: str
    lines: tuple[str, ...]
    basis: str
    is_confirmed: bool
    names_policy: bool


@dataclass(frozen=True, slots=True)
class InstrumentTerms:
    """What an agreement under one instrument is called, who signs it and which clauses it has."""

    title: str
    parties: tuple[Party, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of the text. `labels` are its short words, `promises` the lines of the first sheet per party."""

    version: str
    valid_from: date
    labels: Mapping[str, Any]
    promises: Mapping[Party, tuple[str, ...]]
    instruments: Mapping[str, InstrumentTerms]


def read_terms(path: Path) -> Terms:
    """Return the version that a file holds; raises TermsError for a clause or party that is not there."""
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    clauses = {name: _clause(entry) for name, entry in data["clauses"].items()}
    if set(data["labels"]["fields"]) != set(FIELDS):
        odd = sorted(set(data["labels"]["fields"]) ^ set(FIELDS))
        msg = f"{path.name}: every field has a label, and nothing else: {', '.join(odd)}"
        raise TermsError(msg)
    try:
        instruments = {name: _instrument(entry, clauses) for name, entry in data["instruments"].items()}
        promises = {Party(name): tuple(lines) for name, lines in data["promises"].items()}
    except (KeyError, ValueError) as error:
        msg = f"{path.name}: {error} is no clause or party; there are {', '.join(clauses)}"
        raise TermsError(msg) from error
    return Terms(data["version"], data["from"], data["labels"], promises, instruments)


def _clause(entry: Mapping[str, Any]) -> Clause:
    return Clause(entry["title"], tuple(entry["lines"]), entry["basis"], entry["confidence"] != "M", entry.get("names_policy", False))


def _instrument(entry: Mapping[str, Any], clauses: Mapping[str, Clause]) -> InstrumentTerms:
    parties = tuple(Party(name) for name in entry["parties"])
    return InstrumentTerms(entry["title"], parties, tuple(clauses[name] for name in entry["clauses"]))


@cache
def all_terms() -> tuple[Terms, ...]:
    """Return every version, the oldest first."""
    return tuple(sorted((read_terms(path) for path in TERMS.glob("*.yaml")), key=lambda terms: terms.valid_from))


def terms_on(day: date, versions: tuple[Terms, ...] | None = None) -> Terms:
    """Return the version that holds on the day; before the first one, the first."""
    known = versions or all_terms()
    return next((terms for terms in reversed(known) if terms.valid_from <= day), known[0])


def terms_named(version: str) -> Terms:
    """Return the version by its name; raises TermsError when it is not kept any more."""
    found = next((terms for terms in all_terms() if terms.version == version), None)
    if found is None:
        msg = f"the terms {version} are not in {TERMS.name}/"
        raise TermsError(msg)
    return found


def parties_of(instrument: str, version: str) -> tuple[Party, ...]:
    """Return who signs an agreement under the instrument, in order."""
    return terms_named(version).instruments[instrument].parties
