"""The cases in the YAML files beside this one, decided by the rules that come with the product."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from opstap.engine.eligibility import Answer, Change, Result, decide, load_rulesets, question_fact
from opstap.engine.shared.vocabulary import INSTRUMENTS

FOLDER = Path(__file__).resolve().parent
ANSWERS = {True: "yes", False: "no", "unknown": "unknown"}  # YAML reads a bare yes and no as true and false


def cases() -> list[tuple[str, Mapping[str, Any]]]:
    """Return every case with its instrument."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    return [(file["instrument"], case) for file in files for case in file["cases"]]


def change_in_short(change: Change) -> str:
    """Return a change as the files write it: its code, and the day or the other instrument."""
    code = change.reason.code.removeprefix("eligibility.change_")
    detail = {"date_reached": "date", "other_instrument": "other"}.get(code)
    return f"{code} {change.reason.facts[detail]}" if detail else code


def told(result: Result) -> dict[str, Any]:
    """Return a decision in the words of the files."""
    return {
        "answer": result.answer.value,
        "ask": [question_fact(question) for question in result.questions],
        "not_met": [condition.code for condition in result.conditions if condition.answer is Answer.NO],
        "change": [change_in_short(change) for change in result.smallest_changes],
    }


@pytest.mark.parametrize(("instrument", "case"), cases(), ids=lambda value: value["name"] if isinstance(value, dict) else value)
def test_scenario_is_decided_as_written(instrument: str, case: Mapping[str, Any]) -> None:
    """The answer, the questions, the obstacles and the smallest change are those of the file."""
    result = decide(case["person"], load_rulesets(), instrument, case["day"])
    expected = {"answer": ANSWERS[case["answer"]], **{key: case.get(key, []) for key in ("ask", "not_met", "change")}}
    assert told(result) == expected
    if "expires" in case:
        assert result.expires_on == case["expires"]


def test_scenarios_cover_every_instrument() -> None:
    """Each instrument has its cases, with each of the three answers."""
    found = {(instrument, ANSWERS[case["answer"]]) for instrument, case in cases()}
    assert found == {(instrument, answer.value) for instrument in INSTRUMENTS for answer in Answer}
