"""A programme with 20,000 people in the database: seeded, the same every time; rows are inserted, since reading is what is measured."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation, Programme
from opstap.journey.eligibility.models import Decision, RuleBookVersion
from opstap.journey.matching.models import MatchRound, Proposal, RoundPerson, RoundPlace
from opstap.journey.people.models import FactChange, Person
from opstap.journey.places.models import Place, Seat
from opstap.journey.referrals.models import Referral, StageMove

NOW = datetime(2023, 9, 1, 9, tzinfo=UTC)
TODAY = date(2023, 9, 1)
HOSTS, PLACES_PER_HOST, COUNSELLORS = 60, 4, 250
STAGES = (
    ("not_eligible", "condition_not_met", 0.55),
    ("facts_missing", "fact_asked", 0.2),
    ("eligible", "no_fitting_place", 0.2),
    ("proposed", "person_answer", 0.05),
)
REASON = {"code": "matching.hand_wished", "facts": {}, "reference": ""}
INSTRUMENTS = ("work_learning_place", "community_service", "work_experience")

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Large:
    """Who opens the pages, and what they open."""

    programme: Programme
    coordinator: User
    counsellor: User
    host: User
    referral_id: UUID
    place_id: UUID
    round_id: UUID
    proposal_id: UUID


def fill(people: int, result: dict[str, Any]) -> Large:
    """Fill an empty database; `result` is a real decision's result, so that sealed rows have their real size."""
    chance = random.Random(2023)  # noqa: S311 - a seeded population, no secret
    programme = Programme.objects.create(
        name="Groot", starts_on=date(2023, 1, 1), municipalities=["Oostende"], instruments=list(INSTRUMENTS)
    )
    partner = Organisation.objects.create(name="Partner", folded_name="partner", kind="nonprofit")
    Participation.objects.create(programme=programme, organisation=partner, part=Part.COUNSELS.value)
    coordinator = _user("coordinator", Role.COORDINATOR, None, programme.pk)
    counsellors = [_user(f"counsellor{number}", Role.COUNSELLOR, partner.pk, None) for number in range(COUNSELLORS)]
    places, host = _places(programme)
    referrals = _people(programme, partner, counsellors, people, chance)
    _decisions(referrals, result)
    match_round, proposals = _round(programme, referrals, places)
    own = next(row for row in referrals if row.counsellor_id == counsellors[0].pk and row.stage == "eligible")
    return Large(programme, coordinator, counsellors[0], host, own.pk, places[0].pk, match_round.pk, proposals[0].pk)


def _user(name: str, role: Role, organisation: UUID | None, programme: UUID | None) -> User:
    user = User.objects.create_user(f"{name}@example.be", name=name)
    RoleGrant.objects.create(user=user, role=role.value, organisation_id=organisation, programme_id=programme, starts_on=date(2020, 1, 1))
    return user


def _store(rows: Iterable[Row], kind: type[Row]) -> list[Row]:
    made = list(rows)
    kind._default_manager.bulk_create(made, batch_size=2000)  # noqa: SLF001 - Django's documented default manager
    return made


def _places(programme: Programme) -> tuple[list[Place], User]:
    hosts = _store((Organisation(name=f"Host {n}", folded_name=f"host {n:03}", kind="nonprofit") for n in range(HOSTS)), Organisation)
    _store((Participation(programme=programme, organisation=host, part=Part.HOSTS.value) for host in hosts), Participation)
    sites = _store((Site(organisation=host, name="Site", municipality="Oostende", longitude=2.9, latitude=51.2) for host in hosts), Site)
    mentors = _store(
        (Mentor(organisation=host, name=f"Mentor {n}", certified_on=date(2023, 1, 1)) for host in hosts for n in range(2)), Mentor
    )
    places = _store(
        (
            Place(
                programme=programme, organisation=host, site=site, mentor=mentors[2 * index + number % 2], title=f"werk {number}",
                half_days=21, instruments=["community_service"], starts_on=date(2023, 8, 1), until_on=date(2024, 8, 1),
                confirmed_at=NOW - timedelta(days=index), confirmed_by="host",
            )
            for index, (host, site) in enumerate(zip(hosts, sites, strict=True))
            for number in range(PLACES_PER_HOST)
        ),
        Place,
    )  # fmt: skip
    _store((Seat(place=place, number=n, created_on=date(2023, 8, 1)) for place in places for n in (1, 2)), Seat)
    return places, _user("host", Role.HOST, hosts[0].pk, None)


def _people(programme: Programme, partner: Organisation, counsellors: list[User], count: int, chance: random.Random) -> list[Referral]:
    stages = chance.choices([(stage, cause) for stage, cause, _ in STAGES], [share for _, _, share in STAGES], k=count)
    made = []
    for number in range(count):
        person = Person(
            last_name=f"Naam{number:05}", first_name="An", folded_name=f"naam{number:05} an", client_number=str(10_000_000 + number),
            birth_date=date(1960 + number % 45, 1, 1), municipality="Oostende", neighbourhood="Centrum", registered_since=date(2020, 1, 1),
            income="unemployment_benefit", education="low", dutch_level="A2", licences=[], travel_mode="bike", half_days=21,
            wishes=["werk 1"], longitude=2.9, latitude=51.2, created_at=NOW, changed_at=NOW,
        )  # fmt: skip
        person.limits = ["lifting"] if number % 3 == 0 else []
        made.append(person)
    _store(made, Person)
    _store(_facts(made), FactChange)
    referrals = _store(
        (
            Referral(
                person=person, programme=programme, counselling_organisation=partner, counsellor=counsellors[number % len(counsellors)],
                referred_on=date(2023, 3, 1), stage=stage, waiting_cause=cause, stage_since=NOW - timedelta(days=chance.randrange(120)),
            )
            for number, (person, (stage, cause)) in enumerate(zip(made, stages, strict=True))
        ),
        Referral,
    )  # fmt: skip
    _store(_moves(referrals), StageMove)
    _store(_reads(referrals), AuditEntry)
    return referrals


def _facts(people: list[Person]) -> Iterator[FactChange]:
    for person in people:
        for name in ("income", "registered_since", "limits"):
            change = FactChange(person=person, name=name, source="import", recorded_by="list", recorded_at=NOW)
            change.value = "known"
            yield change


def _moves(referrals: list[Referral]) -> Iterator[StageMove]:
    for referral in referrals:
        yield StageMove(referral=referral, to_stage="open", reason=REASON, by_label="list", at=NOW - timedelta(days=150))
        yield StageMove(referral=referral, from_stage="open", to_stage=referral.stage, reason=REASON, by_label="x", at=referral.stage_since)


def _reads(referrals: list[Referral]) -> Iterator[AuditEntry]:
    for referral in referrals:
        for action in ("open_referral", "decide", "read_case_file", "read_case_file", "set_facts"):
            yield AuditEntry(
                at=NOW, actor_kind="user", actor_id="x", actor_label="An", role="counsellor", channel="web", action=action,
                subject_kind="referral", subject_id=str(referral.pk), person_id=referral.person_id,
            )  # fmt: skip


def _decisions(referrals: list[Referral], result: dict[str, Any]) -> None:
    book = RuleBookVersion.objects.create(version="bench", content={}, first_used_at=NOW)
    answers = {"not_eligible": "no", "facts_missing": "unknown"}

    def rows() -> Iterator[Decision]:
        for referral in referrals:
            for instrument in INSTRUMENTS:
                answer = answers.get(referral.stage, "yes")
                decision = Decision(
                    referral=referral, person_id=referral.person_id, instrument=instrument, on=TODAY, answer=answer, machine_answer=answer,
                    rule_book=book, decided_by="x", decided_by_id="x", decided_at=NOW,
                )  # fmt: skip
                decision.facts, decision.result = {}, result
                yield decision

    _store(rows(), Decision)


def _round(programme: Programme, referrals: list[Referral], places: list[Place]) -> tuple[MatchRound, list[Proposal]]:
    match_round = MatchRound.objects.create(
        programme=programme, on=TODAY, status="done", order=programme.order, seed=1, requested_by_label="x", requested_at=NOW,
        finished_at=NOW, solver_status="optimal", value="1", bound="1", people_count=len(referrals), seat_count=480, placed_count=400,
    )  # fmt: skip
    miss = {"place": str(places[0].pk), "reasons": [REASON]}
    said = {
        "person": "",
        "place": None,
        "reasons": [REASON],
        "possible": 0,
        "alternatives": [],
        "misses": [miss],
        "questions": [],
        "change": None,
    }

    def people() -> Iterator[RoundPerson]:
        for referral in referrals:
            if referral.stage != "proposed":
                row = RoundPerson(round=match_round, referral=referral, is_placed=False, main_obstacle="matching.rule_eligible_instrument")
                row.explanation = said
                yield row

    _store(people(), RoundPerson)
    found: dict[str, Any] = {
        "blocked": None,
        "possible": 3,
        "kept_out": [],
        "changes": [],
        "price": REASON,
        "free": 1,
        "proposed": [],
        "seat_value": 0,
        "seat_parts": {},
    }
    _store(
        (RoundPlace(round=match_round, place=place, free_seats=2, filled_seats=1, price="0", explanation=found) for place in places),
        RoundPlace,
    )
    return match_round, _proposals(match_round, referrals, places)


def _proposals(match_round: MatchRound, referrals: list[Referral], places: list[Place]) -> list[Proposal]:
    sent = [referral for referral in referrals if referral.stage == "proposed"][: len(places)]
    drafted = [referral for referral in referrals if referral.stage == "eligible"][: len(places)]
    made = []
    for state, chosen in (("sent", sent), ("draft", drafted)):
        for referral, place in zip(chosen, places, strict=False):
            proposal = Proposal(
                round=match_round, referral=referral, person_id=referral.person_id, place=place, state=state,
                instrument="community_service", starts_on=TODAY, until_on=date(2024, 3, 1), created_by="x", created_at=NOW,
                sent_at=NOW if state == "sent" else None, expires_at=NOW + timedelta(days=10) if state == "sent" else None,
            )  # fmt: skip
            proposal.reasons, proposal.alternatives = [REASON], []
            made.append(proposal)
    return _store(made, Proposal)
