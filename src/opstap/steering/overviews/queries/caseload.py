"""The caseload: the people whom somebody follows, or whose team they lead, as a list that can be filtered, sorted and exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, DateTimeField, DurationField, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from opstap.foundation.actor import Actor, Role
from opstap.foundation.prepared import Prepared, counted
from opstap.journey.people.queries import search_people
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import WAITING_STAGES, followed_referrals, put_aside_because

PAGE = 25
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("person__folded_name", "id"),
    "municipality": ("person__municipality", "person__folded_name", "id"),
    "days": ("-stage_since", "person__folded_name", "id"),
    "contact": ("last_contact_at", "person__folded_name", "id"),
    "counsellor": ("counsellor__name", "person__folded_name", "id"),
}
"""Orders of the list; a minus in front turns one round. The most days of waiting come first when nothing is chosen."""

_MOST_FOUND = 200
_SHOWN = (
    "id", "person__first_name", "person__last_name", "person__municipality", "stage", "stage_since", "waiting_cause", "referred_on",
    "last_contact_at", "snoozed_until", "snooze_reason", "counsellor__name", "programme__stalled_days",
)  # fmt: skip
"""What a line is made of: a list of codes and names costs a fraction of whole records."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to see of a caseload. `counsellor`: a user's id, "none" for people without one, "" for everybody."""

    stage: str = ""
    cause: str = ""
    municipality: str = ""
    text: str = ""
    counsellor: str = ""
    is_stalled: bool = False
    is_snoozed: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One person on the list; `days` is how long they have stood at this stage. Nothing about health."""

    referral_id: UUID
    name: str
    municipality: str
    stage: str
    cause: str
    days: int
    referred_on: date
    contact_on: date | None
    snoozed_until: date | None
    snooze_reason: str
    counsellor: str
    is_stalled: bool


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of a caseload, with what can be chosen from."""

    page: Page[Any]
    people: tuple[CaseLine, ...]
    municipalities: tuple[str, ...]
    is_team: bool


def stalled_now(at: datetime, on: date | None = None) -> Q:
    """Return the condition "waits, did not move for as long as the programme allows, and is not put aside until later".

    `on`: the day of `at`, for a prepared question, which takes every value as it is given.
    """
    allowed = ExpressionWrapper(F("programme__stalled_days") * Value(timedelta(days=1)), output_field=DurationField())
    limit = ExpressionWrapper(Value(at, output_field=DateTimeField()) - allowed, output_field=DateTimeField())
    waits = Q(stage__in=[stage.value for stage in WAITING_STAGES], stage_since__lt=limit)
    return waits & (Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=on or localdate(at)))


def caseload(actor: Actor, choice: Choice, at: datetime, *, page: int | str | None = 1) -> Caseload:
    """Return one page of the people whom the actor follows, as chosen. The number of queries does not grow with the people."""
    found, rows = _page_of(actor, choice, at, page)
    return Caseload(
        page=found,
        people=tuple(_line(row, at) for row in rows),
        municipalities=tuple(sorted(town for town in _TOWNS(actor=actor) if town)),
        is_team=actor.has(Role.TEAM_LEAD),
    )


def _page_of(actor: Actor, choice: Choice, at: datetime, page: int | str | None) -> tuple[Page[Any], Sequence[Mapping[str, Any]]]:
    """Return a page with its rows: prepared for what is chosen from lists, anew for what is typed and for what the hour decides."""
    if choice.text.strip() or choice.municipality or choice.counsellor or choice.is_stalled or choice.is_snoozed:
        found = Paginator(chosen_referrals(actor, choice, at).values(*_SHOWN), PAGE).get_page(page)
        return found, list(found.object_list)
    numbers: Page[Any] = Paginator(range(_COUNT.first(actor=actor, choice=choice) or 0), PAGE).get_page(page)
    return numbers, _ROWS(actor=actor, choice=choice, limit=PAGE, offset=PAGE * (numbers.number - 1))


def _towns(actor: Actor) -> QuerySet[Referral, str]:
    current = followed_referrals(actor).exclude(stage=Stage.CLOSED).order_by()
    return current.values_list("person__municipality", flat=True).distinct()


def _rows(actor: Actor, choice: Choice) -> QuerySet[Referral, dict[str, Any]]:
    rows: QuerySet[Referral, dict[str, Any]] = _at_a_stage(actor, choice).order_by(*_order(choice.sort)).values(*_SHOWN)
    return rows


def _count(actor: Actor, choice: Choice) -> QuerySet[Referral, int]:
    """Return one row: how many there are, whatever page is looked at."""
    return counted(_at_a_stage(actor, choice))


def chosen_referrals(actor: Actor, choice: Choice, at: datetime) -> QuerySet[Referral]:
    """Return the followed referrals that fit the choice, in its order."""
    rows = _at_a_stage(actor, choice)
    if choice.municipality:
        rows = rows.filter(person__municipality=choice.municipality)
    if choice.counsellor:
        rows = rows.filter(_of(choice.counsellor))
    if choice.is_stalled:
        rows = rows.filter(stalled_now(at))
    if choice.is_snoozed:
        rows = rows.filter(snoozed_until__gt=localdate(at))
    if not choice.text.strip():
        return rows.order_by(*_order(choice.sort))
    found = [person.id for person in search_people(actor, choice.text, within=followed_referrals(actor), limit=_MOST_FOUND)]
    rows = rows.filter(person_id__in=found)
    return rows.order_by(*_order(choice.sort)) if choice.sort else rows.order_by(_as_found(found), "id")


_TOWNS = Prepared(_towns)
_ROWS = Prepared(_rows)
_COUNT = Prepared(_count)


def _at_a_stage(actor: Actor, choice: Choice) -> QuerySet[Referral]:
    """Return the followed referrals at the chosen stage, or at any that is not closed, with the chosen cause of waiting."""
    followed = followed_referrals(actor)
    rows = followed.filter(stage=choice.stage) if choice.stage else followed.exclude(stage=Stage.CLOSED)
    return rows.filter(waiting_cause=choice.cause) if choice.cause in set(WaitingCause) else rows


def exported_lines(actor: Actor, choice: Choice, at: datetime) -> tuple[list[Referral], tuple[CaseLine, ...]]:
    """Return everybody of the choice at once, with the rows that are to be recorded as taken out: sealed facts are not read."""
    whole = chosen_referrals(actor, choice, at).select_related("person", "counsellor", "programme")
    rows = list(whole.only(*_SHOWN, "counselling_organisation"))
    return rows, tuple(_line({path: _follow(row, path) for path in _SHOWN}, at) for row in rows)


def referrals_to_assign(actor: Actor, ids: list[UUID]) -> list[Referral]:
    """Return the followed referrals among these ids, for giving them to another counsellor."""
    return list(followed_referrals(actor).filter(pk__in=ids).select_related("person").order_by("pk"))


def _of(counsellor: str) -> Q:
    if counsellor == "none":
        return Q(counsellor__isnull=True)
    try:
        return Q(counsellor_id=UUID(counsellor))
    except ValueError:
        return Q(pk__in=())


def _as_found(people: list[UUID]) -> Case:
    """Return the order of a search: who fits best first."""
    places = [When(person_id=person, then=Value(place)) for place, person in enumerate(people)]
    return Case(*places, default=Value(len(people)), output_field=IntegerField())


def _order(sort: str) -> tuple[str, ...]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        return ("stage_since", "person__folded_name", "id")
    first, *rest = SORTS[name]
    return (_turned(first), *rest) if sort.startswith("-") else SORTS[name]


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def _follow(row: Referral, path: str) -> Any:  # noqa: ANN401 - any column
    """Return what stands at a path of a row that was read whole; None behind what is empty."""
    found: Any = row
    for name in path.split("__"):
        found = getattr(found, name, None)
    return found


def _line(row: Mapping[str, Any], at: datetime) -> CaseLine:
    """Return a line from the columns of `_SHOWN`."""
    today, since, until = localdate(at), row["stage_since"], row["snoozed_until"]
    is_snoozed = until is not None and until > today
    waits = Stage(row["stage"]) in WAITING_STAGES and at - since > timedelta(days=row["programme__stalled_days"])
    return CaseLine(
        referral_id=row["id"],
        name=f"{row['person__first_name']} {row['person__last_name']}".strip(),
        municipality=row["person__municipality"],
        stage=row["stage"],
        cause=row["waiting_cause"],
        days=max((today - localdate(since)).days, 0),
        referred_on=row["referred_on"],
        contact_on=localdate(row["last_contact_at"]) if row["last_contact_at"] else None,
        snoozed_until=until if is_snoozed else None,
        snooze_reason=put_aside_because(row["id"], row["snooze_reason"]) if is_snoozed else "",
        counsellor=row["counsellor__name"] or "",
        is_stalled=waits and not is_snoozed,
    )
