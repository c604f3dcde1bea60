"""The decision on one person: each condition flips, unknown asks, time is foreseen."""

from datetime import date, datetime

import pytest
from hypothesis import given
from tests.engine.eligibility.people import AFTER_REFORM, ON, ann, days, facts, known_facts

from opstap.engine.eligibility import Answer, Facts, FactValue, Result, decide, load_rulesets
from opstap.engine.shared import Refused
from opstap.engine.shared.vocabulary import INSTRUMENTS

BOOK = load_rulesets()
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def decided(person: Facts, instrument: str, on: date = ON) -> Result:
    """Return the decision under the rules that come with the product."""
    return decide(person, BOOK, instrument, on)


def answers(result: Result) -> dict[str, Answer]:
    """Return the answer per condition."""
    return {condition.code: condition.answer for condition in result.conditions}


@pytest.mark.parametrize("instrument", ["work_learning_place", "community_service", "work_experience", "imw"])
def test_decide_all_conditions_met(instrument: str) -> None:
    """Somebody who fulfils every condition may start with each instrument of September 2023."""
    result = decided(ann(), instrument)
    assert result.answer is YES
    assert set(answers(result).values()) == {YES}
    assert result.questions == ()
    assert result.smallest_changes == ()


_FLIPS: list[tuple[str, dict[str, FactValue], date, str]] = [
    ("work_learning_place", {"municipality": "Brugge"}, ON, "lives_in_region"),
    ("work_learning_place", {"registered_since": date(2021, 9, 2)}, ON, "registered_long_enough"),
    ("work_learning_place", {"income": "none"}, ON, "on_benefit"),
    ("work_learning_place", {}, AFTER_REFORM, "benefit_not_ended"),
    ("work_learning_place", {"income": "integration_allowance", "benefit_since": date(2025, 6, 1)}, AFTER_REFORM, "benefit_not_ended"),
    ("community_service", {"municipality": "Brugge"}, ON, "lives_in_region"),
    ("community_service", {"registered_since": date(2022, 1, 1)}, ON, "registered_long_enough"),
    ("community_service", {"income": "sickness_benefit"}, ON, "income_allowed"),
    ("community_service", {}, date(2022, 12, 31), "instrument_open"),
    ("community_service", {"host_kind": "household"}, ON, "host_kind_allowed"),
    ("community_service", {"host_kind": "company"}, ON, "host_kind_allowed"),
    ("community_service", {"is_sick": True}, ON, "not_sick"),
    ("community_service", {"internship_fits": False}, ON, "internship_fits"),
    ("community_service", {}, AFTER_REFORM, "benefit_not_ended"),
    ("work_experience", {"municipality": "Brugge"}, ON, "lives_in_region"),
    ("work_experience", {"registered_since": date(2023, 9, 2)}, ON, "registered"),
    ("work_experience", {"internship_fits": False}, ON, "internship_fits"),
    ("work_experience", {}, date(2022, 12, 31), "instrument_open"),
    ("lavoro_vop", {"work_limitation_right": "vop"}, date(2023, 7, 1), "instrument_open"),
    ("lavoro_vop", {"work_limitation_right": "imw_2"}, date(2023, 6, 30), "has_support_right"),
    ("lavoro_vop", {"work_limitation_right": "vop", "work_limitation_until": date(2023, 6, 30)}, date(2023, 6, 30), "support_right_runs"),
    ("imw", {"work_limitation_right": ""}, ON, "has_custom_work_right"),
    ("imw", {"work_limitation_right": "vop"}, ON, "has_custom_work_right"),
    ("imw", {"work_limitation_until": ON}, ON, "has_custom_work_right"),
    ("imw", {"host_kind": "household"}, ON, "host_kind_allowed"),
]


@pytest.mark.parametrize(("instrument", "change", "on", "condition"), _FLIPS)
def test_decide_one_condition_closes_the_door(instrument: str, change: dict[str, FactValue], on: date, condition: str) -> None:
    """Each condition on its own turns a yes into a no, and is the only one that is not met."""
    result = decided(ann(**change), instrument, on)
    assert result.answer is NO
    assert [code for code, answer in answers(result).items() if answer is NO] == [condition]


_OPENERS: list[tuple[str, dict[str, FactValue], date]] = [
    ("work_learning_place", {"registered_since": date(2021, 9, 1)}, ON),
    ("work_learning_place", {"income": "living_wage"}, ON),
    ("work_learning_place", {}, date(2026, 2, 28)),
    ("work_learning_place", {"benefit_exemption": "age55_career30"}, AFTER_REFORM),
    ("work_learning_place", {"benefit_since": date(2024, 6, 2)}, AFTER_REFORM),
    ("work_learning_place", {"income": "integration_allowance", "benefit_since": date(2025, 6, 2)}, AFTER_REFORM),
    ("work_learning_place", {"income": "income_guarantee"}, AFTER_REFORM),
    ("community_service", {"host_kind": "school"}, ON),
    ("community_service", {"is_sick": None, "internship_fits": None, "host_kind": None}, ON),
    ("work_experience", {"registered_since": ON, "income": "none"}, ON),
    ("lavoro_vop", {"work_limitation_right": "vop"}, date(2023, 6, 30)),
    ("imw", {"work_limitation_right": "", "maatwerk_advice": "pmp"}, ON),
    ("imw", {"work_limitation_right": "imw_2"}, date(2023, 7, 1)),
]


@pytest.mark.parametrize(("instrument", "change", "on"), _OPENERS)
def test_decide_just_on_the_right_side(instrument: str, change: dict[str, FactValue], on: date) -> None:
    """The first day, the last day and each alternative way in give a yes."""
    assert decided(ann(**change), instrument, on).answer is YES


def test_decide_living_wage_excluded_from_community_service() -> None:
    """People on living wage may not do community service, the court is named, and an open instrument is offered."""
    result = decided(ann(income="living_wage"), "community_service")
    excluded = next(condition for condition in result.conditions if condition.code == "income_not_forbidden")
    assert excluded.answer is NO
    assert excluded.reason.reference == "Constitutional Court, judgment 86/2018 of 5 July 2018"
    assert [change.reason.facts["other"] for change in result.smallest_changes] == ["work_learning_place", "work_experience", "imw"]


@pytest.mark.parametrize(
    ("missing", "instrument", "on", "asked"),
    [
        (["municipality"], "work_learning_place", ON, ["municipality"]),
        (["registered_since", "income"], "work_learning_place", ON, ["registered_since", "income"]),
        (["benefit_since"], "work_learning_place", ON, []),
        (["benefit_since"], "work_learning_place", AFTER_REFORM, ["benefit_since"]),
        (["benefit_exemption"], "work_learning_place", AFTER_REFORM, ["benefit_exemption"]),
        (["benefit_since", "benefit_exemption"], "work_learning_place", AFTER_REFORM, ["benefit_since", "benefit_exemption"]),
        (["is_sick", "internship_fits", "host_kind"], "community_service", ON, []),
        (["work_limitation_right", "maatwerk_advice"], "imw", ON, ["maatwerk_advice", "work_limitation_right"]),
        (["work_limitation_until"], "imw", ON, ["work_limitation_until"]),
    ],
)
def test_decide_asks_what_can_still_matter(missing: list[str], instrument: str, on: date, asked: list[str]) -> None:
    """A missing fact is asked for, in the order of the rules, but only when its answer can change the outcome."""
    result = decided(ann(**dict.fromkeys(missing)), instrument, on)
    assert result.answer is (UNKNOWN if asked else decided(ann(), instrument, on).answer)
    assert list(result.questions) == [f"eligibility.ask_{fact}" for fact in asked]


def test_decide_no_asks_nothing() -> None:
    """A condition that is not met settles the matter: what is unknown besides it is not asked, yet shown as unknown."""
    result = decided(ann(municipality="Brugge", income=None), "work_learning_place")
    assert result.answer is NO
    assert result.questions == ()
    assert answers(result)["on_benefit"] is UNKNOWN


def test_decide_condition_on_the_place_only_with_a_place() -> None:
    """The kind of host is part of the decision only when there is a host."""
    assert "host_kind_allowed" in answers(decided(ann(), "community_service"))
    assert "host_kind_allowed" not in answers(decided(ann(host_kind=None), "community_service"))


def test_decide_until_is_the_day_of_change() -> None:
    """A "no" that time opens and a "yes" that time closes carry their day."""
    result = decided(ann(registered_since=date(2022, 8, 31)), "work_learning_place", date(2024, 8, 30))
    assert {condition.code: condition.until for condition in result.conditions} == {
        "lives_in_region": None,
        "registered_long_enough": date(2024, 8, 31),
        "on_benefit": None,
        "benefit_not_ended": date(2026, 3, 1),
    }
    assert result.expires_on == date(2024, 8, 31)


def test_decide_keeps_what_it_rests_on() -> None:
    """Each line names the facts it read and the parameters with value, first day, source and confidence."""
    line = decided(ann(), "work_learning_place").conditions[1]
    (parameter,) = line.parameters
    assert dict(line.facts) == {"registered_since": date(2020, 5, 31)}
    assert (parameter.id, parameter.value, parameter.valid_from) == ("registered_months_minimum", 24, date(2020, 1, 1))
    assert (parameter.confidence, parameter.source.split(";")[0]) == ("C", "welzijn.opwijk.be")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"registered_since": "2020-05-31"}, "eligibility.fact_wrong_kind"),
        ({"registered_since": datetime(2020, 5, 31)}, "eligibility.fact_wrong_kind"),  # noqa: DTZ001 - a moment is what must be refused
        ({"income": 3}, "eligibility.fact_wrong_kind"),
        ({"income": "lottery"}, "eligibility.fact_code_unknown"),
        ({"is_sick": "no"}, "eligibility.fact_wrong_kind"),
        ({"municipality": " "}, "eligibility.fact_wrong_kind"),
    ],
)
def test_decide_refuses_facts_of_the_wrong_kind(change: dict[str, FactValue], code: str) -> None:
    """A fact that cannot be what it says is refused with its name, never guessed."""
    with pytest.raises(Refused) as refused:
        decided(ann(**change), "work_learning_place")
    assert refused.value.reason.code == code
    assert refused.value.reason.facts["fact"] in change


def test_decide_refuses_an_instrument_without_rules() -> None:
    """An instrument that the book does not know is refused by name."""
    with pytest.raises(Refused) as refused:
        decided(ann(), "lottery")
    assert refused.value.reason.facts == {"instrument": "lottery"}


@given(person=facts, on=days)
def test_decide_never_reads_sex_origin_or_nationality(person: Facts, on: date) -> None:
    """Facts that rules cannot name change nothing."""
    told = {**person, "sex": "F", "origin": "BE", "nationality": "BE", "family": "single"}
    for instrument in INSTRUMENTS:
        assert decided(told, instrument, on).as_json() == decided(person, instrument, on).as_json()


@given(person=known_facts, on=days)
def test_decide_known_facts_leave_nothing_unknown(person: Facts, on: date) -> None:
    """With every fact known the answer is yes or no."""
    for instrument in INSTRUMENTS:
        assert decided(person, instrument, on).answer is not UNKNOWN


@given(person=facts, on=days)
def test_decide_expiry_is_the_first_day_of_another_answer(person: Facts, on: date) -> None:
    """The answer holds on the day before its expiry and is another one on the day itself."""
    for instrument in INSTRUMENTS:
        result = decided(person, instrument, on)
        if result.expires_on is not None:
            eve = date.fromordinal(result.expires_on.toordinal() - 1)
            assert decided(person, instrument, eve).answer is result.answer
            assert decided(person, instrument, result.expires_on).answer is not result.answer


@given(person=facts, on=days)
def test_decide_community_service_needs_what_a_work_learning_place_needs(person: Facts, on: date) -> None:
    """Community service is stricter: whoever may start there may also start at a work-learning place."""
    if decided(person, "community_service", on).answer is YES:
        assert decided(person, "work_learning_place", on).answer is YES


def test_decide_is_asked_once_for_people_with_the_same_facts() -> None:
    """Two people with the same facts share one decision, whatever else is known of them; another fact makes another decision."""
    first, second = decided(ann(), "work_experience"), decided({**ann(), "hobby": "fishing"}, "work_experience")
    assert (first is second, decided({**ann(), "municipality": "Gent"}, "work_experience").answer) == (True, NO)
