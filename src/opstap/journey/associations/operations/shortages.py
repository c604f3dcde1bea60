"""The lines of a shortage list, and the functions that they name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.problems import FileRefused
from opstap.bridges.spreadsheets.shortages import OccupationRow, read_occupations
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.journey.associations.models import Association, Function, Shortage, ShortageList, ShortageOccupation


def read_list(data: bytes, filename: str) -> tuple[OccupationRow, ...]:
    """Return the lines of a file; raises `Refused` when it cannot be read or has no line that can be used."""
    try:
        lines = read_occupations(data, filename=filename).values
    except FileRefused as refusal:
        raise Refused(Reason(refusal.problem.code, dict(refusal.problem.facts))) from refusal
    if not lines:
        raise Refused(Reason("associations.list_without_occupations", {"file": filename}))
    return lines


def replace_list(
    association: Association, year: int, lines: Sequence[OccupationRow], *, filename: str, source: str, by: Actor, at: datetime
) -> ShortageList:
    """Keep the lines in place of the year's earlier ones."""
    values = {"source": source.strip()[:200], "filename": filename[:200], "uploaded_by": by.label[:200], "uploaded_at": at}
    row, _ = ShortageList.objects.update_or_create(association=association, year=year, defaults=values)
    row.occupations.all().delete()
    ShortageOccupation.objects.bulk_create(
        ShortageOccupation(list=row, occupation=line.occupation[:120], title=line.title[:200], folded_title=fold(line.title)[:200])
        for line in lines
    )
    return row


def flag_listed(association: Association, functions: Sequence[Function], year: int | None = None) -> tuple[Function, ...]:
    """Flag the functions that a list names by code or title, in one year or in all; what was said by hand stays. Return those on it."""
    listed = ShortageOccupation.objects.filter(list__association=association).select_related("list")
    if year is not None:
        listed = listed.filter(list__year=year)
    stale = Shortage.objects.filter(function__in=functions, is_by_hand=False)
    (stale if year is None else stale.filter(year=year)).delete()
    found: dict[tuple[Function, int], str] = {}
    for line in listed:
        for function in functions:
            if _names(line, function):
                found.setdefault((function, line.list.year), str(line))
    Shortage.objects.bulk_create(
        (Shortage(function=function, year=of, as_listed=title) for (function, of), title in found.items()), ignore_conflicts=True
    )
    return tuple(dict.fromkeys(function for function, _ in found))


def _names(line: ShortageOccupation, function: Function) -> bool:
    by_code = bool(line.occupation) and line.occupation == function.occupation
    return by_code or (bool(line.folded_title) and line.folded_title == function.folded_title)
