"""A sheet for typing somebody over in the partner's other system: in its order, with what was copied and what changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.fields import blind_index
from opstap.journey.outcomes.queries import copies_of
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow
from opstap.steering.reports.queries.lines import LINES, Value

_DEFAULT = Path(__file__).parents[1] / "sheets" / "mijn_loopbaan_voor_partners.yaml"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: its key, what it says now, the digest of that, and the last copy with whether it changed since."""

    key: str
    value: Value
    digest: str
    copied_by: str
    copied_at: datetime | None
    has_changed: bool

    @property
    def label(self) -> Reason:
        """What the line is called."""
        return Reason(f"reports.line.{self.key}")


@dataclass(frozen=True, slots=True)
class SheetSection:
    """The lines of one screen of the other system."""

    code: str
    lines: tuple[SheetLine, ...]

    @property
    def title(self) -> Reason:
        """What the screen is called."""
        return Reason(f"reports.section.{self.code}")


@dataclass(frozen=True, slots=True)
class RekeyingSheet:
    """The sheet of one person for one system; `to_copy` counts the lines that are known and not copied as they are now."""

    system: str
    sections: tuple[SheetSection, ...]

    @property
    def to_copy(self) -> int:
        """How many lines wait."""
        lines = (line for section in self.sections for line in section.lines)
        return sum(bool(line.value) and (line.copied_at is None or line.has_changed) for line in lines)


@cache
def order(path: Path) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return the system's name and its sections with the keys of their lines; raises ValueError for a line that is not known."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    sections = tuple((section["code"], tuple(section["lines"])) for section in data["sections"])
    if unknown := [key for _, keys in sections for key in keys if key not in LINES]:
        msg = f"{path.name}: no such line: {', '.join(unknown)}"
        raise ValueError(msg)
    return data["system"], sections


def sheet_for(actor: Actor, referral: Referral) -> RekeyingSheet | None:
    """Return the sheet of somebody whom the actor follows, or None. At most eight queries."""
    if not may_follow(actor, referral):
        return None
    system, sections = order(Path(getattr(settings, "REKEYING_SHEET", "") or _DEFAULT))
    copies = copies_of(actor, referral)

    def line(key: str) -> SheetLine:
        value = LINES[key](referral)
        digest = blind_index(json.dumps([str(referral.pk), key, value]), "reports.sheet")
        copy = copies.get(key)
        changed = copy is not None and copy.digest != digest
        return SheetLine(key, value, digest, copy.by_label if copy else "", copy.at if copy else None, changed)

    return RekeyingSheet(system, tuple(SheetSection(code, tuple(line(key) for key in keys)) for code, keys in sections))


def line_of(sheet: RekeyingSheet, key: str) -> SheetLine | None:
    """Return one line of a sheet, or None."""
    return next((line for section in sheet.sections for line in section.lines if line.key == key), None)
