"""Rule files: what they may say, and how clearly they refuse what they may not."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from opstap.engine.eligibility import FACT_TYPES, RuleBook, RuleError, load_rulesets
from opstap.engine.eligibility.load import RULESETS, read_rulesets
from opstap.engine.eligibility.rules import facts_of, parameters_of, parse_rule
from opstap.engine.shared.vocabulary import INSTRUMENTS

BOOK = load_rulesets()

_RULES: list[dict[str, Any]] = [
    {"fact": "income", "is": ["none", "living_wage"]},
    {"fact": "municipality", "in": "region"},
    {"fact": "income", "not_in": "benefit_incomes"},
    {"fact": "registered_since", "months_at_least": "registered_months_minimum"},
    {"fact": "benefit_since", "months_below": "unemployment_benefit_months_maximum"},
    {"fact": "work_limitation_until", "runs": True},
    {"switch": "imw_open"},
    {"all": [{"switch": "imw_open"}, {"not": {"fact": "is_sick", "is": [True]}}]},
    {"any": [{"switch": "imw_open"}, {"when_known": "host_kind", "then": {"fact": "host_kind", "is": ["school"]}}]},
]


@pytest.mark.parametrize("rule", _RULES)
def test_rule_reads_and_writes_the_same(rule: dict[str, Any]) -> None:
    """Every form of rule is written back as it was read."""
    assert parse_rule(rule).as_json() == rule


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"fact": "income", "equals": "none"}, "is not a rule"),
        ({}, "is not a rule"),
        ({"fact": "sex", "is": ["F"]}, "there is no fact 'sex'"),
        ({"when_known": "nationality", "then": {"switch": "imw_open"}}, "there is no fact 'nationality'"),
        ({"fact": "income", "months_below": "region"}, "is not a date"),
        ({"fact": "benefit_since", "in": "region"}, "is a date"),
        ({"fact": "income", "is": ["lottery"]}, "is never 'lottery'"),
    ],
)
def test_rule_that_cannot_be_is_refused(rule: dict[str, Any], message: str) -> None:
    """A form, a fact or a code that does not exist is refused with the words that are allowed."""
    with pytest.raises(RuleError, match=message):
        parse_rule(rule)


def test_rule_names_what_it_reads() -> None:
    """The facts and the parameters of a rule are found at every depth, each once."""
    rule = BOOK.ruleset("work_learning_place").conditions[3].rule
    assert facts_of(rule) == ("income", "benefit_since", "benefit_exemption")
    months = ("unemployment_benefit_months_maximum", "benefit_exemptions", "integration_allowance_months_maximum")
    assert parameters_of(rule) == months


def test_book_has_every_instrument() -> None:
    """There are rules for each instrument of the field, in its order."""
    assert BOOK.instruments == INSTRUMENTS


def test_book_reads_no_forbidden_fact() -> None:
    """No fact about sex, origin, nationality or family can be named in a rule."""
    assert not {"sex", "gender", "origin", "nationality", "language", "family", "children"} & set(FACT_TYPES)


def test_book_gives_every_number_a_source() -> None:
    """Each value of each parameter has a source, and whatever is not confirmed says so."""
    values = [value for parameter in BOOK.parameters() for value in parameter.values]
    assert [value for value in values if not value.source] == []
    unsure = {parameter.id for parameter in BOOK.parameters() if any(value.confidence == "M" for value in parameter.values)}
    assert unsure == {"benefit_incomes", "community_service_open", "work_experience_registered_months_minimum", "imw_maatwerk_advices"}


def test_book_every_parameter_is_read() -> None:
    """There is no number in the book that no rule reads, but for the longest term of a placement, which placements read."""
    read = {name for instrument in BOOK.instruments for name in BOOK.ruleset(instrument).parameters}
    assert {parameter.id for parameter in BOOK.parameters()} - read == {"internship_months_maximum"}


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of the rule files with one text replaced."""
    copy = copytree(RULESETS, folder / "rulesets")
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("imw.yaml", "{switch: imw_open}", "{switch: imw_opne}", "imw: the rules read imw_opne"),
        ("work_learning_place.yaml", "use: on_benefit", "use: wings", "there is no shared condition 'wings'"),
        ("imw.yaml", "{switch: imw_open}", "{switch: imw_rights}", "imw_rights is of the kind list; here it has to be yes_no"),
        ("imw.yaml", "sets: {host_kind", "sets: {wings", "sets wings, which no rule reads"),
    ],
)
def test_book_with_a_mistake_is_refused(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    """A mistake in a rule file stops the reading and is named."""
    with pytest.raises(RuleError, match=message):
        read_rulesets(edited(tmp_path, name, old, new))


def test_book_version_follows_content(tmp_path: Path) -> None:
    """Any change of a number gives other versions to the instruments that read it, and to no other."""
    book = read_rulesets(edited(tmp_path, "imw.yaml", "value: [imw_2, imw_5]", "value: [imw_5]"))
    changed = [name for name in INSTRUMENTS if book.ruleset(name).version != BOOK.ruleset(name).version]
    assert changed == ["imw"]
    assert book.version != BOOK.version


def test_book_reads_back_what_it_wrote() -> None:
    """A stored book is the same book."""
    again = RuleBook.from_json(BOOK.as_json())
    assert again.as_json() == BOOK.as_json()
    assert again.version == BOOK.version
    assert {name: again.ruleset(name).version for name in INSTRUMENTS} == {name: BOOK.ruleset(name).version for name in INSTRUMENTS}
