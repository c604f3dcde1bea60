"""One line of the bench: our number, the peer's number, the limit and the verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

HEADINGS = ("figure", "ours", "peer", "ratio", "limit", "verdict")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure.

    `ours` and `theirs` are in `unit`; `peer` says who they are. `at_most` is a limit on ours, `ratio_at_least` one on
    theirs / ours. Without a limit the figure is shown for what it is. `theirs` is infinite when the peer gave nothing that counts;
    `note` says what else there is to say of the peer.
    """

    name: str
    ours: float
    unit: str
    peer: str = ""
    theirs: float | None = None
    at_most: float | None = None
    ratio_at_least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Return the peer's number over ours; more than 1 means that we need less. Shares have none."""
        return None if self.theirs is None or not self.ours or self.unit == "%" else self.theirs / self.ours

    @property
    def is_reached(self) -> bool | None:
        """Tell whether every limit is kept; None without a limit."""
        if self.at_most is None and self.ratio_at_least is None:
            return None
        within = self.at_most is None or self.ours <= self.at_most
        return within and (self.ratio_at_least is None or (self.ratio or 0.0) >= self.ratio_at_least)

    def as_json(self) -> dict[str, Any]:
        """Return the figure as JSON-ready data with ratio and verdict."""
        found = {**asdict(self), "ratio": self.ratio, "is_reached": self.is_reached}
        return {name: None if value == math.inf else value for name, value in found.items()}

    def cells(self) -> tuple[str, ...]:
        """Return the figure as the cells of a table."""
        limits = []
        if self.at_most is not None:
            limits.append(f"<= {written(self.at_most, self.unit)}")
        if self.ratio_at_least is not None:
            limits.append(f">= {self.ratio_at_least:g} x")
        theirs = "" if self.theirs in {None, math.inf} else written(self.theirs or 0.0, self.unit)
        said = "; ".join(each for each in (theirs, self.note) if each)
        peer = f"{self.peer}: {said}" if said else self.peer
        ratio = "" if self.ratio in {None, math.inf} else f"{self.ratio:.3g} x"
        verdict = {True: "reached", False: "MISSED", None: ""}[self.is_reached]
        return self.name, written(self.ours, self.unit), peer, ratio, ", ".join(limits), verdict


def written(number: float, unit: str) -> str:
    """Return the number with its unit, in as many digits as it deserves."""
    if unit == "s" and number < 1:
        return f"{1000 * number:.3g} ms"
    if unit == "%":
        return f"{number:.4f} %"
    digits = f"{number:,.0f}" if abs(number) >= 100 or number == int(number) else f"{number:.3g}"
    return f"{digits} {unit}".strip()


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table in plain text."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
