"""What a row of mentors would change of a mentor: what it fills in, what it says is none any more, and what stays as it is."""

from __future__ import annotations

from django.db.models import Q

from opstap.bridges.spreadsheets.places import MentorRow
from opstap.foundation import clock
from opstap.foundation.organisations.models import Mentor
from opstap.journey.imports.queries.differences import Difference, Kind
from opstap.journey.mentoring.models import Certificate

_ENDS_WITH = {"certified_on": ("certified_on", "certified_until"), "certified_until": ("certified_until",)}
"""What is none any more with a field: without a certificate there is no last day of it either."""


def mentor_differences(mentor: Mentor, value: MentorRow) -> tuple[Difference, ...]:
    """Return what the row changes of the mentor; what the list leaves empty stays.

    A list that says that there is no certificate any more clears it, unless one that was given here still holds: that one stays, and
    ends on the mentor's own page.
    """
    given = {
        "email": value.email,
        "certified_on": value.certified_on,
        "certified_until": value.certified_until,
        "learner_limit": value.capacity,
    }
    changed = [name for name, new in given.items() if new not in (None, "") and new != getattr(mentor, name)]
    ended = dict.fromkeys(name for field in value.ended for name in _ENDS_WITH[field] if getattr(mentor, name) is not None)
    cleared = [] if ended and holds_here(mentor) else [name for name in ended if name not in changed]
    becomes = {name: given[name] for name in changed} | dict.fromkeys(cleared)
    return tuple(Difference(name, getattr(mentor, name), new, Kind.CHANGED) for name, new in becomes.items())


def holds_here(mentor: Mentor) -> bool:
    """Tell whether a certificate that was given in the product holds today."""
    holds = Q(expires_on__isnull=True) | Q(expires_on__gt=clock.today())
    return Certificate.objects.filter(holds, mentor=mentor).exists()
