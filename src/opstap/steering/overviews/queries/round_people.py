"""Who got no proposal in a round: the main obstacle, a badge per condition, and the smallest change. Nothing about health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.eligibility.enums import HEALTH_FACTS
from opstap.journey.eligibility.queries import badge_of, standing_decisions
from opstap.journey.matching.models import MatchRound, RoundPerson
from opstap.journey.matching.queries import round_people, without_health
from opstap.journey.places.models import Place

PAGE = 50
MISSES = 1


@dataclass(frozen=True, slots=True)
class ConditionBadge:
    """One condition of the rules: its title, how it stands, until when, and the instruments where it stands so."""

    title: Reason
    state: str
    until: date | None
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """The smallest change that opens a place. `is_enough`: then the person would be proposed there, else they stand in line."""

    reasons: tuple[Reason, ...]
    place: str
    is_enough: bool


@dataclass(frozen=True, slots=True)
class NotPlacedLine:
    """Somebody without a proposal. `possible`: places where they could work; `nearest`: the place that came nearest, with why not."""

    referral_id: UUID
    name: str
    counsellor: str
    referred_on: date
    obstacle: Reason
    possible: int
    nearest: str
    in_the_way: tuple[Reason, ...]
    change: ChangeLine | None
    questions: tuple[Reason, ...]
    conditions: tuple[ConditionBadge, ...]

    @property
    def open_conditions(self) -> tuple[ConditionBadge, ...]:
        """Return the conditions that are not met, or not known."""
        return tuple(each for each in self.conditions if each.state in {"not_met", "unknown"})

    @property
    def met_conditions(self) -> tuple[ConditionBadge, ...]:
        """Return the conditions that are met, for now or for good."""
        return tuple(each for each in self.conditions if each.state not in {"not_met", "unknown"})


@dataclass(frozen=True, slots=True)
class Facet:
    """How many people one obstacle stops; `value` chooses them in the address."""

    value: str
    title: Reason
    count: int


@dataclass(frozen=True, slots=True)
class NotPlacedPage:
    """A page of people without a proposal, with the obstacles to choose from, most people first."""

    page: Page[RoundPerson]
    lines: tuple[NotPlacedLine, ...]
    facets: tuple[Facet, ...]


def obstacle_of(name: str) -> Reason:
    """Return the class of an obstacle, as a round keeps it, in words that say nothing of health."""
    return Reason("overviews.places_taken" if name == "matching.places_taken" else name)


def not_placed(actor: Actor, match_round: MatchRound, *, obstacle: str = "", page: int = 1) -> NotPlacedPage:
    """Return a page of the people whom a visible round gave no place: five queries, whatever their number."""
    rows = _rows(actor, match_round)
    counts = rows.order_by().values_list("main_obstacle").annotate(people=Count("id")).order_by("-people", "main_obstacle")
    facets = tuple(Facet(name.rpartition(".")[2], obstacle_of(name), people) for name, people in counts)
    if obstacle:
        rows = rows.filter(main_obstacle=f"matching.{obstacle}")
    found = Paginator(rows, PAGE).get_page(page)
    return NotPlacedPage(found, _lines(list(found.object_list)), facets)


def all_not_placed(actor: Actor, match_round: MatchRound) -> tuple[NotPlacedLine, ...]:
    """Return everybody whom a visible round gave no place, for a file."""
    return _lines(list(_rows(actor, match_round)))


def _rows(actor: Actor, match_round: MatchRound) -> QuerySet[RoundPerson]:
    rows = round_people(actor, match_round).filter(is_placed=False).select_related("referral__counsellor")
    return rows.order_by("referral__referred_on", "referral_id")


def _lines(rows: list[RoundPerson]) -> tuple[NotPlacedLine, ...]:
    said = [row.explanation for row in rows]
    wanted = {UUID(key) for each in said for key in _places_named(each)}
    titles = {str(key): title for key, title in Place.objects.filter(pk__in=wanted).values_list("pk", "title")}
    badges = condition_badges(row.referral_id for row in rows)
    return tuple(_line(row, each, titles, badges.get(row.referral_id, ())) for row, each in zip(rows, said, strict=True))


def _places_named(said: dict[str, Any]) -> list[str]:
    named = [miss["place"] for miss in said["misses"][:MISSES]]
    return [*named, said["change"]["place"]] if said["change"] else named


def _line(row: RoundPerson, said: dict[str, Any], titles: dict[str, str], badges: tuple[ConditionBadge, ...]) -> NotPlacedLine:
    person, counsellor = row.referral.person, row.referral.counsellor
    miss = said["misses"][0] if said["misses"] else None
    change = said["change"]
    return NotPlacedLine(
        referral_id=row.referral_id,
        name=f"{person.first_name} {person.last_name}".strip(),
        counsellor=counsellor.name if counsellor else "",
        referred_on=row.referral.referred_on,
        obstacle=obstacle_of(row.main_obstacle),
        possible=said["possible"],
        nearest=titles.get(miss["place"], "") if miss else "",
        in_the_way=_plainly(miss["reasons"]) if miss else (),
        change=ChangeLine(_plainly(change["reasons"]), titles.get(change["place"], ""), change["is_enough"]) if change else None,
        questions=tuple(Reason(code) for code in said["questions"]),
        conditions=badges,
    )


def _plainly(reasons: Iterable[dict[str, Any]]) -> tuple[Reason, ...]:
    """Return stored reasons as somebody outside the case file may read them, each once."""
    return tuple(dict.fromkeys(without_health(Reason.from_json(each)) for each in reasons))


def condition_badges(referral_ids: Iterable[UUID]) -> dict[UUID, tuple[ConditionBadge, ...]]:
    """Return per referral a badge for each condition of the latest decisions; one that speaks of health is not shown."""
    latest = standing_decisions().filter(referral__in=list(referral_ids)).order_by("instrument")
    gathered: dict[UUID, dict[tuple[str, str, str | None], list[str]]] = defaultdict(lambda: defaultdict(list))
    for decision in latest.only("referral_id", "instrument", "result"):
        for line in decision.result["conditions"]:
            if not HEALTH_FACTS & set(line["reason"]["facts"]):
                gathered[decision.referral_id][line["code"], badge_of(line).value, line["until"]].append(decision.instrument)
    return {key: tuple(_badge(*shown, tuple(instruments)) for shown, instruments in lines.items()) for key, lines in gathered.items()}


def _badge(code: str, state: str, until: str | None, instruments: tuple[str, ...]) -> ConditionBadge:
    return ConditionBadge(Reason(f"eligibility.{code}"), state, date.fromisoformat(until) if until else None, instruments)
