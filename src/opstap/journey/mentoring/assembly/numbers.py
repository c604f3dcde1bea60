"""Dated numbers of mentoring: how long a certificate holds, and the lump sums of a package of places; each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.engine.eligibility.months import add_months

TERMS = Path(__file__).resolve().parents[1] / "terms" / "mentoring.yaml"


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """How many months a certificate holds (None: without end), from a day on."""

    valid_from: date
    months: int | None
    source: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class LumpSum:
    """One size of package: so many places, guided by so many trained mentors, for so many euro."""

    places: int
    mentors: int
    euro: Decimal
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class PackageRule:
    """The sizes of package, smallest first, from a day on."""

    valid_from: date
    lump_sums: tuple[LumpSum, ...]
    source: str


@cache
def terms() -> Mapping[str, Any]:
    """Return the file of terms, read once."""
    read: dict[str, Any] = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    return read


def certificate_rule(on: date) -> CertificateRule:
    """Return the rule that holds on a day; before the first one, the first."""
    return certificate_rule_among([_certificate(entry) for entry in terms()["certificate"]], on)


def certificate_rule_among(rules: list[CertificateRule], on: date) -> CertificateRule:
    """Return the latest of the rules that has begun on the day; before the first one, the first."""
    begun = [rule for rule in rules if rule.valid_from <= on]
    return max(begun, key=lambda rule: rule.valid_from) if begun else min(rules, key=lambda rule: rule.valid_from)


def certificate_ends(issued_on: date) -> date | None:
    """Return the first day on which a certificate no longer holds, None when it does not end."""
    return ends_under(certificate_rule(issued_on), issued_on)


def ends_under(rule: CertificateRule, issued_on: date) -> date | None:
    """Return the same under a given rule."""
    return None if rule.months is None else add_months(issued_on, rule.months)


def package_rule(on: date) -> PackageRule:
    """Return the sizes of package that hold on a day; before the first rule, the first."""
    rules = [_package(entry) for entry in terms()["package"]]
    begun = [rule for rule in rules if rule.valid_from <= on]
    return begun[-1] if begun else rules[0]


def _certificate(entry: Mapping[str, Any]) -> CertificateRule:
    return CertificateRule(entry["from"], entry["months"], entry["source"], entry["confidence"] != "M")


def _package(entry: Mapping[str, Any]) -> PackageRule:
    sums = [LumpSum(row["places"], row["mentors"], Decimal(row["euro"]), row["confidence"] == "C") for row in entry["lump_sums"]]
    return PackageRule(entry["from"], tuple(sorted(sums, key=lambda each: each.places)), entry["source"])
