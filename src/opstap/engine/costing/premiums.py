"""The wage premium of a contract in a quarter: which per cent of which wage cost, by dated rules; what is not known is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.engine.costing.quarters import Quarter
from opstap.engine.costing.rates import CONFIDENCES, TO_BE_CONFIRMED, RateError
from opstap.engine.shared import Period, Reason

PREMIUMS = Path(__file__).resolve().parent / "premiums.yaml"
STATUSES = ("vop", "imw", "cmw_wop", "other")
_CENT = Decimal("0.01")
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Series:
    """How a premium goes down over the quarters: `steps` of (number of quarters, per cent); `starts`: when it could begin."""

    id: str
    status: str
    right_years: int
    starts: Period
    steps: tuple[tuple[int, int], ...]
    source: str
    confidence: str

    def percent(self, quarter: int) -> int | None:
        """Return the per cent in the quarter (the first is 1), or None when the series is over."""
        passed = 0
        for quarters, percent in self.steps:
            passed += quarters
            if quarter <= passed:
                return percent
        return None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros from one day on; `key` tells what for: "cap", or status and level of coaching."""

    key: tuple[str, ...]
    value: Decimal
    period: Period
    source: str
    confidence: str

    @property
    def is_confirmed(self) -> bool:
        """Whether it can be shown without the mark "to be confirmed"."""
        return self.confidence not in TO_BE_CONFIRMED


@dataclass(frozen=True, slots=True)
class PremiumBook:
    """All series and amounts."""

    series: tuple[Series, ...]
    amounts: tuple[Amount, ...]

    def amount(self, key: tuple[str, ...], day: date) -> Amount | None:
        """Return the amount that holds on the day."""
        return next((amount for amount in self.amounts if amount.key == key and day in amount.period), None)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PremiumBook:
        """Return the book that the data describe; raises RateError naming the entry that is wrong."""
        series = tuple(_series(entry) for entry in data["series"])
        caps = _amounts((("cap",), entry) for entry in data["wage_cap"])
        coaching = _amounts(((entry["status"], entry["level"]), entry) for entry in data["coaching"])
        return cls(series, (*caps, *coaching))


@dataclass(frozen=True, slots=True)
class Supported:
    """The right that a contract rests on, as far as it is known.

    `period`: the days of contract and right together. `starts_on`: from when the right counts. `percent`: what was granted, when
    it was told. `wage_cost`: euros a full quarter (gross and employer's contributions, less reductions). `coaching`: its level.
    """

    status: str
    starts_on: date
    period: Period
    right_years: int | None = None
    percent: int | None = None
    wage_cost: Decimal | None = None
    coaching: str = ""


@dataclass(frozen=True, slots=True)
class Premium:
    """What a quarter brings. `amount` None: not known, and `reasons` say what is missing. `percent` None: not known, or none.

    `share`: how much of the quarter counts, by days. `capped`: whether the wage cost was cut at the cap. `is_confirmed`: whether no
    number in it is still to be confirmed. `coaching` is part of `amount`.
    """

    quarter: Quarter
    number: int
    percent: int | None
    share: Decimal
    amount: Decimal | None
    coaching: Decimal = _NONE
    capped: bool = False
    is_confirmed: bool = True
    reasons: tuple[Reason, ...] = ()
    sources: tuple[str, ...] = ()


def premium(support: Supported, quarter: Quarter, book: PremiumBook) -> Premium:
    """Return the premium of a quarter; a quarter outside contract and right brings nothing, and says so."""
    days = support.period.common(quarter.period)
    number = quarter.since(Quarter.of(support.starts_on))
    if days is None or number < 1:
        return Premium(quarter, number, None, _NONE, _NONE, reasons=(Reason("costing.no_right_that_quarter"),))
    share = Decimal(days.days or 0) / Decimal(quarter.period.days or 1)
    percent, why, source = _percent(support, number, book)
    if percent is None:
        amount = _NONE if why.code in _BRINGS_NOTHING else None
        return Premium(quarter, number, None, share, amount, reasons=(why,), sources=source)
    if support.wage_cost is None:
        return Premium(quarter, number, percent, share, None, reasons=(Reason("costing.wage_cost_unknown"),), sources=source)
    return _priced(support, Premium(quarter, number, percent, share, None, sources=source), support.wage_cost, book)


_BRINGS_NOTHING = frozenset({"costing.no_support", "costing.vop_closed", "costing.series_over"})


def _percent(support: Supported, number: int, book: PremiumBook) -> tuple[int | None, Reason, tuple[str, ...]]:
    """Return the per cent of a quarter, or None with why not, and where it comes from."""
    if support.status == "other":
        return None, Reason("costing.no_support"), ()
    kind = [series for series in book.series if series.status == support.status]
    if kind and not any(support.starts_on in series.starts for series in kind):
        return None, _outside(support, kind), tuple(series.source for series in kind[:1])
    if support.percent is not None:
        return support.percent, Reason("costing.percent_granted"), ()
    if not kind:
        return None, Reason("costing.percent_unknown"), ()
    own = next((series for series in kind if series.right_years == support.right_years), None)
    if own is None:
        return None, Reason("costing.right_unknown"), ()
    percent = own.percent(number)
    return percent, Reason("costing.series_over", {"quarters": sum(quarters for quarters, _ in own.steps)}), (own.source,)


def _outside(support: Supported, kind: list[Series]) -> Reason:
    """Return why a right cannot have begun on its day: it was closed to new starts, or did not exist yet."""
    until = max((series.starts.until or date.max) for series in kind)
    if support.starts_on >= until:
        return Reason("costing.vop_closed", {"day": until.isoformat()})
    return Reason("costing.not_yet_that_day", {"day": min(series.starts.start for series in kind).isoformat()})


def _priced(support: Supported, line: Premium, wage_cost: Decimal, book: PremiumBook) -> Premium:
    cap = book.amount(("cap",), line.quarter.period.start)
    basis = min(wage_cost, cap.value) if cap else wage_cost
    is_capped = cap is not None and wage_cost > cap.value
    wage = basis * line.share * Decimal(line.percent or 0) / 100
    extra = book.amount((support.status, support.coaching), line.quarter.period.start) if support.coaching else None
    coaching = (extra.value * line.share).quantize(_CENT, rounding=ROUND_HALF_UP) if extra else _NONE
    reasons = (Reason("costing.coaching_unknown"),) if support.coaching and extra is None else ()
    used = [amount for amount in (cap if is_capped else None, extra) if amount is not None]
    return Premium(
        quarter=line.quarter,
        number=line.number,
        percent=line.percent,
        share=line.share,
        amount=wage.quantize(_CENT, rounding=ROUND_HALF_UP) + coaching,
        coaching=coaching,
        capped=is_capped,
        is_confirmed=all(amount.is_confirmed for amount in used),
        reasons=reasons,
        sources=(*line.sources, *(amount.source for amount in used)),
    )


def read_premiums(path: Path) -> PremiumBook:
    """Return the book of a file of premiums; raises RateError naming the entry that is wrong."""
    return PremiumBook.from_json(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def load_premiums() -> PremiumBook:
    """Return the premiums that come with the product, read once from `premiums.yaml`."""
    return read_premiums(PREMIUMS)


def _series(entry: Mapping[str, Any]) -> Series:
    _must_be(entry["id"], entry["status"], STATUSES)
    _must_be(entry["id"], entry["confidence"], CONFIDENCES)
    starts = Period(entry["starts"]["from"], entry["starts"].get("until"))
    steps = tuple((step["quarters"], step["percent"]) for step in entry["steps"])
    return Series(entry["id"], entry["status"], entry["right_years"], starts, steps, entry["source"], entry["confidence"])


def _amounts(entries: Iterable[tuple[tuple[str, ...], Mapping[str, Any]]]) -> list[Amount]:
    """Return the amounts, each until the day on which the next of its kind begins."""
    found: list[Amount] = []
    ordered = sorted(entries, key=lambda each: (each[0], each[1]["from"]))
    for place, (key, entry) in enumerate(ordered):
        _must_be("-".join(key), entry["confidence"], CONFIDENCES)
        after = ordered[place + 1] if place + 1 < len(ordered) else None
        until = after[1]["from"] if after and after[0] == key else None
        found.append(Amount(key, Decimal(entry["value"]), Period(entry["from"], until), entry["source"], entry["confidence"]))
    return found


def _must_be(name: str, said: str, known: tuple[str, ...]) -> None:
    if said not in known:
        msg = f"{name}: {said!r} is not one of {', '.join(known)}"
        raise RateError(msg)
