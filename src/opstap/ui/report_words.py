"""The numbers of a report in words: their names and what each counts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.steering.reports.enums import Column, Part

_NAMES = {
    Column.REFERRED: lazy("referred"),
    Column.ELIGIBLE: lazy("may start"),
    Column.PROPOSED: lazy("got a proposal"),
    Column.AGREED: lazy("both said yes"),
    Column.STARTED: lazy("started"),
    Column.ENDED: lazy("ended"),
    Column.COMPLETED: lazy("completed"),
    Column.DUE: lazy("ended six months ago"),
    Column.KNOWN: lazy("known after six months"),
    Column.WORKS: lazy("work after six months"),
}
_DEFINITIONS = {
    Column.REFERRED: lazy("People who were referred to this programme in the year."),
    Column.ELIGIBLE: lazy("Of those referred: who ever got the decision that they may start."),
    Column.PROPOSED: lazy("Of those referred: who ever got a proposal for a place."),
    Column.AGREED: lazy("Of those referred: for whom person and host both said yes."),
    Column.STARTED: lazy("Of those referred: who started at a place."),
    Column.ENDED: lazy("Of those who started: whose work at the place has ended."),
    Column.COMPLETED: lazy("Of those whose work ended: who did it to the end, reached the goal, found work or started a training."),
    Column.DUE: lazy("Of those whose work ended: for whom that is at least six months ago."),
    Column.KNOWN: lazy("Of those whose work ended at least six months ago: of whom is known what they did after six months."),
    Column.WORKS: lazy("Of those of whom it is known: who worked after six months, at a regular employer or in the social economy."),
}


def column_word(column: Column) -> str:
    """Return what a number is called."""
    return str(_NAMES[column])


def definition(column: Column) -> str:
    """Return what a number counts."""
    return str(_DEFINITIONS[column])


def part_word(part: Part) -> str:
    """Return what a report is divided by."""
    return {Part.PLACE: _("Place"), Part.MENTOR: _("Mentor"), Part.PARTNER: _("Partner")}[part]


def number(value: int | None) -> int | str:
    """Return a number, or the sign for one that is not shown."""
    return "–" if value is None else value
