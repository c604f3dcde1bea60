"""Decisions as people read them, what there is to ask, and the rules as a condition of a list."""

from __future__ import annotations

from datetime import date

import pgtrigger
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.journey.eligibility.cases import AT, ON, acting, make_organisation, make_programme, make_referral, make_user

from opstap.foundation.actor import Role, person_actor, system_actor
from opstap.foundation.fields import Privacy
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.assembly import answered_referrals, eligible_referrals, facts_for, machine_answer, rule_book
from opstap.journey.eligibility.enums import HEALTH_FACTS, Badge
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.operations import decide_all, decide_caseload
from opstap.journey.eligibility.queries import (
    decision_for,
    decision_history,
    decisions_for_audit,
    decisions_in_force,
    decisions_of,
    questions_to_ask,
)
from opstap.journey.people.enums import FACTS
from opstap.journey.people.models import FactChange, Person
from opstap.journey.referrals.models import Referral
from opstap.ui.words import say

pytestmark = pytest.mark.django_db
MACHINE = system_actor("test")
ALL = ("work_learning_place", "community_service", "work_experience", "lavoro_vop", "imw")


@pytest.fixture
def programme() -> Programme:
    """A programme with all instruments."""
    return make_programme(instruments=ALL)


def test_decisions_of_shows_a_badge_reason_and_source_per_condition(programme: Programme) -> None:
    """Met, not met, unknown, until a day; and for each fact who recorded it on which proof."""
    referral = make_referral(programme, municipality="Brugge", income=None)
    FactChange.objects.create(
        person=referral.person,
        name="municipality",
        value="Brugge",
        source="document",
        proof="Rijksregister",
        recorded_by="Els",
        recorded_at=AT,
        holds_until=date(2024, 1, 1),
    )
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    view = decisions_of(MACHINE, referral, ON)[0]
    assert (view.instrument, view.answer, view.is_overruled, view.is_in_force) == ("work_learning_place", "no", False, True)
    badges = {line.code: line.badge for line in view.conditions}
    assert (badges["lives_in_region"], badges["registered_long_enough"], badges["on_benefit"]) == (Badge.NOT_MET, Badge.MET, Badge.UNKNOWN)
    lives = view.conditions[0]
    assert lives.reason.code == "eligibility.lives_in_region_not_met"
    (fact,) = lives.facts
    assert (fact.name, fact.value, fact.source, fact.proof, fact.recorded_by, fact.holds_until) == (
        "municipality", "Brugge", "document", "Rijksregister", "Els", date(2024, 1, 1),
    )  # fmt: skip
    assert [parameter.name for parameter in lives.parameters] == ["region"]


def test_decisions_of_follow_the_order_of_the_programme(programme: Programme) -> None:
    """The programme's first instrument comes first."""
    referral = make_referral(programme)
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    assert tuple(view.instrument for view in decisions_of(MACHINE, referral, ON)) == ALL


def test_benefit_that_will_end_is_met_until_a_day(programme: Programme) -> None:
    """Since 2026 a benefit ends after 24 months: before that the badge carries the day."""
    referral = make_referral(programme, benefit_since=date(2025, 6, 1))
    decide_all(referral=referral, on=date(2026, 4, 1), by=MACHINE, at=AT)
    line = next(line for line in decisions_of(MACHINE, referral, date(2026, 4, 1))[0].conditions if line.code == "benefit_not_ended")
    assert (line.badge, line.until) == (Badge.UNTIL, date(2027, 6, 1))


def test_questions_to_ask_names_only_what_can_still_change_an_answer(programme: Programme) -> None:
    """Somebody from outside the region is not asked for income: it changes nothing there; one question serves several doors."""
    inside = make_referral(programme, income=None)
    outside = make_referral(programme, income=None, municipality="Brugge")
    for referral in (inside, outside):
        decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    asked = {question.fact: question.instruments for question in questions_to_ask(MACHINE, inside, ON)}
    assert asked["income"] == ("work_learning_place", "community_service")
    assert [question.fact for question in questions_to_ask(MACHINE, outside, ON)] == []


def test_coordinator_sees_no_health_but_the_counsellor_and_the_person_do(programme: Programme) -> None:
    """The condition on a right to support is there with its badge, without what it rests on and without the change it asks for."""
    organisation = make_organisation("Glow", programme)
    counsellor = make_user("counsellor", Role.COUNSELLOR, organisation=organisation)
    coordinator = acting(make_user("coordinator", Role.COORDINATOR, programme=programme))
    referral = make_referral(programme, counsellor=counsellor, work_limitation_right="vop", work_limitation_until=date(2022, 1, 1))
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)

    def imw(actor: object) -> object:
        return next(view for view in decisions_of(actor, referral, ON) if view.instrument == "imw")  # type: ignore[arg-type]  # an actor

    masked, whole = imw(coordinator), imw(acting(counsellor))
    line = next(line for line in masked.conditions if line.code == "has_custom_work_right")
    assert (line.reason.code, line.facts, masked.smallest_changes) == ("decisions.health_not_shown", (), ())
    assert "vop" not in repr(masked)
    assert "vop" in repr(whole)
    assert imw(person_actor(referral.person_id)) == whole


def test_strangers_see_no_decision(programme: Programme) -> None:
    """Another counsellor, a host and an administrator get what is absent: nothing."""
    organisation = make_organisation("Glow", programme)
    own = make_user("own", Role.COUNSELLOR, organisation=organisation)
    referral = make_referral(programme, counsellor=own, organisation=organisation)
    made = decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    for name, role in (("a", Role.COUNSELLOR), ("b", Role.HOST), ("c", Role.ADMINISTRATOR), ("d", Role.AUDITOR)):
        stranger = acting(make_user(name, role, organisation=organisation))
        assert decisions_of(stranger, referral, ON) == []
        assert decision_history(stranger, referral, "imw", ON) == []
        assert list(decisions_in_force(stranger, programme, ON)) == []
        assert decision_for(stranger, made[0].pk) is None
    assert decision_for(acting(own), made[0].pk) == made[0]


def test_decision_history_is_newest_first_and_only_the_newest_is_in_force(programme: Programme) -> None:
    """Every decision stays readable."""
    referral = make_referral(programme)
    for day in (1, 2, 3):
        decide_all(referral=referral, on=date(2023, 9, day), by=MACHINE, at=AT)
    history = decision_history(MACHINE, referral, "imw", date(2023, 9, 5))
    assert [(view.on.day, view.is_in_force) for view in history] == [(3, True), (2, False), (1, False)]


def test_decisions_for_audit_open_no_facts(programme: Programme) -> None:
    """An auditor lists a person's decisions to replay them; a coordinator gets nothing."""
    referral = make_referral(programme)
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    rows = decisions_for_audit(acting(make_user("auditor", Role.AUDITOR)), referral.person_id)
    assert {row.instrument for row in rows} == set(ALL)
    assert all({"facts", "result"} <= row.get_deferred_fields() for row in rows)
    assert decisions_for_audit(acting(make_user("other", Role.COORDINATOR, programme=programme)), referral.person_id) == []


def test_decisions_of_takes_the_same_statements_for_more_decisions(programme: Programme, django_assert_max_num_queries: object) -> None:
    """Five instruments or fifty former decisions: two statements."""
    referral = make_referral(programme)
    for day in range(1, 8):
        decide_all(referral=referral, on=date(2023, 9, day), by=MACHINE, at=AT)
    with django_assert_max_num_queries(2):  # type: ignore[operator]  # the fixture of pytest-django
        assert len(decisions_of(MACHINE, referral, date(2023, 9, 8))) == 5


_DAYS = st.none() | st.dates(date(2018, 1, 1), date(2026, 12, 31))
_PEOPLE = st.fixed_dictionaries(
    {
        "municipality": st.sampled_from(["", "Oostende", "De Haan", "Brugge"]),
        "registered_since": _DAYS,
        "income": st.sampled_from([None, "unemployment_benefit", "integration_allowance", "living_wage", "sickness_benefit", "none"]),
        "benefit_since": _DAYS,
        "benefit_exemption": st.sampled_from([None, "", "igu_halftime"]),
        "work_limitation_right": st.sampled_from([None, "", "vop", "imw_2", "imw_5"]),
        "work_limitation_until": _DAYS,
        "maatwerk_advice": st.sampled_from([None, "", "pmah"]),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(_PEOPLE, min_size=1, max_size=12), on=st.sampled_from([date(2023, 6, 30), ON, date(2026, 2, 28), date(2026, 3, 1)]))
def test_database_answers_as_the_explained_decision(people: list[dict[str, object]], on: date) -> None:
    """The list's condition on real columns, sealed ones by their blind index, equals the decision on each person."""
    programme = Programme.objects.filter(name="Lijst").first() or make_programme("Lijst", ALL)
    referrals = [make_referral(programme, **facts) for facts in people]
    ids = [referral.pk for referral in referrals]
    book = rule_book(programme)
    for instrument in ALL:
        by_database = dict(answered_referrals(MACHINE, programme, instrument, on).filter(pk__in=ids).values_list("pk", "machine_answer"))
        by_engine = {
            referral.pk: {"yes": 1, "no": 0, "unknown": -1}[machine_answer(facts_for(referral.person, book), book, instrument, on).answer]
            for referral in Referral.objects.select_related("person").filter(pk__in=ids)
        }
        assert by_database == by_engine


def test_eligible_referrals_are_scoped_to_the_actor(programme: Programme) -> None:
    """The same people, counted within reach only."""
    organisation = make_organisation("Glow", programme)
    own = make_user("own", Role.COUNSELLOR, organisation=organisation)
    mine = make_referral(programme, counsellor=own)
    make_referral(programme)
    assert eligible_referrals(MACHINE, programme, "work_learning_place", ON).count() == 2
    assert [row.pk for row in eligible_referrals(acting(own), programme, "work_learning_place", ON)] == [mine.pk]


def test_decisions_in_force_leave_out_closed_referrals(programme: Programme) -> None:
    """Who left the programme has no decision that counts."""
    referral = make_referral(programme)
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    assert decisions_in_force(MACHINE, programme, ON).count() == 5
    Referral.objects.filter(pk=referral.pk).update(stage="closed")
    assert decisions_in_force(MACHINE, programme, ON).count() == 0
    assert Person.objects.filter(pk=referral.person_id).exists()


def test_decisions_for_audit_follow_merged_records(programme: Programme) -> None:
    """A decision taken on a record that was merged is found under the one that remains."""
    referral, kept = make_referral(programme), make_referral(programme).person
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    Person.objects.filter(pk=referral.person_id).update(merged_into=kept)
    rows = decisions_for_audit(acting(make_user("auditor", Role.AUDITOR)), kept.pk)
    assert {row.instrument for row in rows} == set(ALL)


def test_condition_on_health_is_hidden_though_its_reason_names_no_fact(programme: Programme) -> None:
    """What a condition rests on decides, not what its words happen to name; its end would tell as well."""
    counsellor = make_user("counsellor", Role.COUNSELLOR, organisation=make_organisation("Glow", programme))
    coordinator = acting(make_user("coordinator", Role.COORDINATOR, programme=programme))
    referral = make_referral(programme, counsellor=counsellor, work_limitation_right="vop", work_limitation_until=date(2024, 1, 1))
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    for decision in Decision.objects.all():
        for line in decision.result["conditions"]:
            line["reason"] = {"code": "eligibility.right_met", "facts": {}, "reference": ""}
        with pgtrigger.ignore("eligibility.Decision:decisions_append_only"):
            decision.save()
    masked = [line for view in decisions_of(coordinator, referral, ON) for line in view.conditions]
    assert {fact.name for line in masked for fact in line.facts} & HEALTH_FACTS == set()
    hidden = [line for line in masked if line.reason.code == "decisions.health_not_shown"]
    assert {(line.until, line.badge is Badge.UNTIL) for line in hidden} == {(None, False)}
    whole = [line for view in decisions_of(acting(counsellor), referral, ON) for line in view.conditions]
    assert {fact.name for line in whole for fact in line.facts} & HEALTH_FACTS != set()


def test_every_sensitive_fact_of_a_person_counts_as_health() -> None:
    """A fact that is sealed in the record is not shown beside a decision either."""
    sealed = {name for name, privacy in Person.privacy.items() if privacy is Privacy.SENSITIVE} & set(FACTS)
    assert sealed - HEALTH_FACTS == set()


def test_other_open_instruments_are_named_in_one_line(programme: Programme) -> None:
    """Where nothing opens the instrument itself, everything that is open today stands in one step, in the words of one sentence."""
    referral = make_referral(programme, work_limitation_right="", maatwerk_advice="")
    decide_all(referral=referral, on=ON, by=MACHINE, at=AT)
    imw = next(view for view in decisions_of(MACHINE, referral, ON) if view.instrument == "imw")
    assert [change.kind for change in imw.smallest_changes] == ["other_instrument"]
    assert (
        say(imw.smallest_changes[0].reason, "nl")
        == "Dit kan niet. Wat op deze dag wel kan: leerwerkplek, gemeenschapsdienst en werkervaringsstage."
    )
