"""Deciding by the rules, for one person and for a caseload."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.journey.eligibility.cases import AT, ON, acting, make_organisation, make_programme, make_referral, make_user, stage_of

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.operations import decide, decide_all, decide_caseload, overrule, replay_decision
from opstap.journey.eligibility.queries import decisions_in_force
from opstap.journey.people.models import Person
from opstap.journey.referrals.models import Referral, StageMove

pytestmark = pytest.mark.django_db
MACHINE = system_actor("test")


@pytest.fixture
def programme() -> Programme:
    """A programme with two instruments."""
    return make_programme()


def test_decide_yes_makes_eligible_and_waits_for_a_round(programme: Programme) -> None:
    """One open door is enough to stand among the eligible, and the move says which door."""
    referral = make_referral(programme)
    made = decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    assert {row.instrument: row.answer for row in made} == {"work_learning_place": "yes", "imw": "no"}
    assert (referral.stage, referral.waiting_cause) == ("eligible", "no_round_yet")
    assert StageMove.objects.get(referral=referral).reason["facts"] == {"instruments": ["work_learning_place"]}


@pytest.mark.parametrize(
    ("facts", "stage", "cause"),
    [
        ({"municipality": "Brugge"}, "not_eligible", "condition_not_met"),
        ({"municipality": ""}, "facts_missing", "fact_asked"),
        ({"income": None}, "facts_missing", "fact_asked"),
        ({"income": "none"}, "not_eligible", "condition_not_met"),
        ({"registered_since": date(2021, 9, 1)}, "eligible", "no_round_yet"),
        ({"registered_since": date(2021, 9, 2)}, "not_eligible", "condition_not_met"),
    ],
)
def test_decide_moves_the_referral_by_the_answer(programme: Programme, facts: dict[str, object], stage: str, cause: str) -> None:
    """No answer open and one unknown: facts are missing; all closed: not eligible. The 24 months count to the day."""
    referral = make_referral(programme, **facts)
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    assert (referral.stage, referral.waiting_cause) == (stage, cause)


def test_decide_supersedes_and_keeps_the_former(programme: Programme) -> None:
    """A decision is never edited: the new one points to the old, and both stay."""
    referral = make_referral(programme)
    first = decide(referral=referral, instrument="work_learning_place", on=ON, by=MACHINE, at=AT)
    referral.person.income = "none"
    referral.person.save()
    second = decide(referral=referral, instrument="work_learning_place", on=date(2023, 9, 5), by=MACHINE, at=AT)
    assert (first.answer, second.answer, second.supersedes_id) == ("yes", "no", first.pk)
    assert [row.pk for row in decisions_in_force(MACHINE, programme, date(2023, 9, 4))] == [first.pk]
    assert [row.pk for row in decisions_in_force(MACHINE, programme, date(2023, 9, 5))] == [second.pk]


def test_decide_for_an_earlier_day_is_refused(programme: Programme) -> None:
    """Decisions follow each other in time."""
    referral = make_referral(programme)
    decide(referral=referral, instrument="imw", on=ON, by=MACHINE, at=AT)
    with pytest.raises(Refused) as refused:
        decide(referral=referral, instrument="imw", on=date(2023, 8, 31), by=MACHINE, at=AT)
    assert refused.value.reason.code == "decisions.decided_later_already"
    assert Decision.objects.count() == 1


def test_decide_same_person_gets_the_answer_of_the_day(programme: Programme) -> None:
    """On benefit since 2020: open in 2023, closed in 2026, when the benefit is limited to 24 months; the former expires that day."""
    referral = make_referral(programme)
    in_2023 = decide(referral=referral, instrument="work_learning_place", on=ON, by=MACHINE, at=AT)
    in_2026 = decide(referral=referral, instrument="work_learning_place", on=date(2026, 3, 1), by=MACHINE, at=AT)
    assert (in_2023.answer, in_2023.expires_on, in_2026.answer) == ("yes", date(2026, 3, 1), "no")
    assert not decisions_in_force(MACHINE, programme, date(2026, 3, 1), instrument="work_learning_place").filter(answer="yes").exists()


def test_decide_by_another_counsellor_is_refused(programme: Programme) -> None:
    """Only who follows the person decides; nothing is written."""
    organisation = make_organisation("Glow", programme)
    own = make_user("own", Role.COUNSELLOR, organisation=organisation)
    other = make_user("other", Role.COUNSELLOR, organisation=organisation)
    referral = make_referral(programme, counsellor=own, organisation=organisation)
    with pytest.raises(Refused):
        decide_all(referral=referral, on=ON, by=acting(other), at=AT)
    assert Decision.objects.count() == 0
    assert len(decide_all(referral=referral, on=ON, by=acting(own), at=AT)) == 2


def test_decide_instrument_that_the_programme_does_not_offer_is_refused(programme: Programme) -> None:
    """The programme's own list of instruments is the limit."""
    with pytest.raises(Refused) as refused:
        decide(referral=make_referral(programme), instrument="community_service", on=ON, by=MACHINE, at=AT)
    assert refused.value.reason.code == "decisions.instrument_not_offered"


def test_caseload_decides_only_where_something_changed(programme: Programme) -> None:
    """A second run changes nothing; a changed fact that rules read is decided again, one they do not read is not."""
    changed = make_referral(programme)
    unchanged = make_referral(programme)
    make_referral(programme, municipality="Brugge")
    first = decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    again = decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    assert (first.people, first.decided, again.decided, again.unchanged) == (3, 6, 0, 6)
    changed.person.income = "none"
    changed.person.save()
    unchanged.person.phone = "0400"
    unchanged.person.save()
    third = decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    assert (third.decided, stage_of(changed.pk), stage_of(unchanged.pk)) == (2, "not_eligible", "eligible")


def test_caseload_leaves_facts_sealed_where_nothing_changed(programme: Programme) -> None:
    """A night after which nothing is to be decided opens no stored facts of anybody; it locks nobody either."""
    make_referral(programme)
    Person.objects.update(changed_at=AT - timedelta(days=1))
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    assert (again.people, again.decided, again.unchanged) == (1, 0, 2)
    assert [query["sql"] for query in asked if '"facts" AS' in query["sql"] or 'eligibility_decision"."facts"' in query["sql"]] == []
    assert [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]] == []


def test_caseload_decides_for_a_new_instrument(programme: Programme) -> None:
    """Nothing is known yet of an instrument that the programme offers since today, whatever was decided before."""
    make_referral(programme)
    Person.objects.update(changed_at=AT - timedelta(days=1))
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    programme.instruments = [*programme.instruments, "community_service"]
    programme.save()
    assert decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT).decided == 1


def test_caseload_moves_along_who_came_back(programme: Programme) -> None:
    """Who returns from a proposal to a stage that the decisions of that day no longer allow is put where they say."""
    referral = make_referral(programme, municipality="Brugge")
    Person.objects.update(changed_at=AT - timedelta(days=1))
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    Referral.objects.filter(pk=referral.pk).update(stage="eligible", stage_since=AT + timedelta(hours=1))
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT + timedelta(days=1))
    assert stage_of(referral.pk) == "not_eligible"


def test_caseload_decides_again_what_expired(programme: Programme) -> None:
    """Time alone opens a door: registered for 24 months on the day, not the day before."""
    referral = make_referral(programme, registered_since=date(2021, 9, 10))
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    assert stage_of(referral.pk) == "not_eligible"
    assert decide_caseload(programme=programme, on=date(2023, 9, 9), by=MACHINE, at=AT).decided == 0
    assert decide_caseload(programme=programme, on=date(2023, 9, 10), by=MACHINE, at=AT).decided == 1
    assert stage_of(referral.pk) == "eligible"


def test_caseload_equals_deciding_one_by_one(programme: Programme) -> None:
    """The fast way and the slow way give the same bytes."""
    variants = [
        {},
        {"income": "living_wage"},
        {"income": None},
        {"work_limitation_right": "imw_5", "work_limitation_until": date(2024, 1, 1)},
    ]
    one_by_one = [make_referral(programme, **facts) for facts in variants]
    at_once = [make_referral(programme, **facts) for facts in variants]
    for referral in one_by_one:
        decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT, referral_ids=[referral.pk for referral in at_once])
    for slow, fast in zip(one_by_one, at_once, strict=True):
        rows = {row.instrument: row for row in Decision.objects.filter(referral=fast)}
        for row in Decision.objects.filter(referral=slow):
            assert (row.result, row.facts, row.expires_on) == (
                rows[row.instrument].result,
                rows[row.instrument].facts,
                rows[row.instrument].expires_on,
            )
        assert stage_of(slow.pk) == stage_of(fast.pk)


def test_caseload_costs_the_same_number_of_statements_for_more_people() -> None:
    """Deciding on 30 people takes as many statements as on 3."""

    def statements(people: int, name: str) -> int:
        many = make_programme(name)
        for _ in range(people):
            make_referral(many)
        with CaptureQueriesContext(connection) as captured:
            decide_caseload(programme=many, on=ON, by=MACHINE, at=AT)
        return len(captured)

    statements(1, "to warm up")
    assert statements(30, "thirty") == statements(3, "three")


def test_caseload_leaves_a_running_proposal_alone(programme: Programme) -> None:
    """Who is in a proposal is not moved by a night job; the decision itself is made."""
    referral = make_referral(programme, municipality="Brugge")
    referral.stage = "proposed"
    referral.save()
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    assert (stage_of(referral.pk), Decision.objects.filter(referral=referral).count()) == ("proposed", 2)


def test_caseload_by_a_stranger_is_refused(programme: Programme) -> None:
    """A coordinator of another programme has nothing to say here."""
    other = make_programme("Elders")
    make_referral(programme)
    with pytest.raises(Refused):
        decide_caseload(programme=programme, on=ON, by=acting(make_user("far", Role.COORDINATOR, programme=other)), at=AT)
    own = acting(make_user("near", Role.COORDINATOR, programme=programme))
    assert decide_caseload(programme=programme, on=ON, by=own, at=AT).decided == 2


def test_every_decision_leaves_an_audit_row_without_what_it_says(programme: Programme) -> None:
    """The audit row names instruments and rule book; not the answer, not a fact."""
    referral = make_referral(programme, work_limitation_right="imw_5")
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    row = AuditEntry.objects.get(action="decide")
    assert (row.person_id, sorted(row.facts)) == (referral.person_id, ["instruments", "rule_book"])


@pytest.fixture
def counsellor_and_decision(programme: Programme) -> tuple[Actor, Decision]:
    """A counsellor and a "no" on somebody of the own caseload."""
    user = make_user("own", Role.COUNSELLOR, organisation=make_organisation("Glow", programme))
    referral = make_referral(programme, counsellor=user, municipality="Brugge")
    decide_all(referral=referral, on=ON, by=acting(user), at=AT)
    return acting(user), Decision.objects.get(referral=referral, instrument="work_learning_place")


def test_overrule_keeps_what_the_rules_said(counsellor_and_decision: tuple[Actor, Decision]) -> None:
    """A person decides: the answer changes, the machine's answer, facts and reasons stay, and the referral moves."""
    actor, decision = counsellor_and_decision
    made = overrule(decision=decision, answer="yes", reason="Verhuist volgende week naar Oostende.", by=actor, at=AT)
    assert (made.answer, made.machine_answer, made.overrule_reason) == ("yes", "no", "Verhuist volgende week naar Oostende.")
    assert (made.supersedes_id, made.result, stage_of(decision.referral_id)) == (decision.pk, decision.result, "eligible")


@pytest.mark.parametrize(
    ("answer", "reason", "code"),
    [
        ("yes", "kort", "overrule_needs_reason"),
        ("no", "Een goede lange reden", "same_answer"),
        ("unknown", "Een goede lange reden", "same_answer"),
    ],
)
def test_overrule_refuses_without_reason_or_change(
    counsellor_and_decision: tuple[Actor, Decision], answer: str, reason: str, code: str
) -> None:
    """Ten characters of reason, and another answer."""
    actor, decision = counsellor_and_decision
    with pytest.raises(Refused) as refused:
        overrule(decision=decision, answer=answer, reason=reason, by=actor, at=AT)
    assert refused.value.reason.code == f"decisions.{code}"
    assert Decision.objects.filter(referral=decision.referral).count() == 2


def test_overrule_by_the_machine_or_on_an_old_decision_is_refused(counsellor_and_decision: tuple[Actor, Decision]) -> None:
    """Only people overrule, and only the present decision."""
    actor, decision = counsellor_and_decision
    with pytest.raises(Refused):
        overrule(decision=decision, answer="yes", reason="Een goede lange reden", by=MACHINE, at=AT)
    overrule(decision=decision, answer="yes", reason="Een goede lange reden", by=actor, at=AT)
    with pytest.raises(Refused) as refused:
        overrule(decision=decision, answer="yes", reason="Een goede lange reden", by=actor, at=AT)
    assert refused.value.reason.code == "decisions.superseded"


def test_overruled_decision_survives_the_night(counsellor_and_decision: tuple[Actor, Decision]) -> None:
    """The night job never takes back what a person decided, until it expires."""
    actor, decision = counsellor_and_decision
    made = overrule(decision=decision, answer="yes", reason="Een goede lange reden", by=actor, at=AT)
    person = decision.person
    person.municipality = "Gent"
    person.save()
    decide_caseload(programme=decision.referral.programme, on=ON, by=MACHINE, at=AT)
    assert not Decision.objects.filter(supersedes=made).exists()
    assert stage_of(decision.referral_id) == "eligible"


def test_replay_gives_the_same_bytes_after_rules_and_facts_changed(programme: Programme) -> None:
    """An auditor replays a decision from what was stored, whatever the person's facts are now."""
    referral = make_referral(programme, work_limitation_right="imw_5", work_limitation_until=date(2024, 1, 1))
    made = decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    referral.person.income = "none"
    referral.person.save()
    auditor = acting(make_user("auditor", Role.AUDITOR))
    for row in made:
        replay = replay_decision(decision_id=row.pk, by=auditor, at=AT)
        assert replay.is_identical
        assert len(replay.stored) == 64
    assert AuditEntry.objects.filter(action="replay_decision", person_id=referral.person_id).count() == 2


def test_replay_finds_a_result_that_was_tampered_with(programme: Programme) -> None:
    """A stored result that does not follow from its facts is not identical."""
    referral = make_referral(programme)
    made = decide(referral=referral, instrument="imw", on=ON, by=MACHINE, at=AT)
    forged = Decision(
        referral=referral,
        person=referral.person,
        instrument="imw",
        on=ON,
        answer="yes",
        machine_answer="yes",
        rule_book_id=made.rule_book_id,
        facts=made.facts,
        result=made.result | {"answer": "yes"},
        decided_by="?",
        decided_by_id="?",
        decided_at=AT,
        supersedes=made,
    )
    forged.save(force_insert=True)
    assert not replay_decision(decision_id=forged.pk, by=acting(make_user("auditor", Role.AUDITOR)), at=AT).is_identical


def test_replay_by_others_and_of_nothing_look_the_same(programme: Programme) -> None:
    """A coordinator and an unknown decision get the same answer."""
    made = decide(referral=make_referral(programme), instrument="imw", on=ON, by=MACHINE, at=AT)
    auditor, coordinator = make_user("auditor", Role.AUDITOR), make_user("coordinator", Role.COORDINATOR, programme=programme)
    reasons = []
    for decision_id, user in ((made.pk, coordinator), (programme.pk, auditor)):
        with pytest.raises(Refused) as refused:
            replay_decision(decision_id=decision_id, by=acting(user), at=AT)
        reasons.append(refused.value.reason)
    assert reasons[0] == reasons[1]
