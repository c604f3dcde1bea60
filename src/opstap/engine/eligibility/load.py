"""Reading the rule files that come with the product."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.engine.eligibility.rulebook import RuleBook
from opstap.engine.eligibility.rules import RuleError
from opstap.engine.shared.vocabulary import INSTRUMENTS

RULESETS = Path(__file__).resolve().parent / "rulesets"
_SHARED = "shared"


def _document(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - both loaders are the safe one
    return document


def _condition(data: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]], path: Path) -> Mapping[str, Any]:
    if "use" not in data:
        return data
    if data["use"] not in shared:
        msg = f"{path.name}: there is no shared condition {data['use']!r}; there are {', '.join(shared)}"
        raise RuleError(msg)
    return shared[data["use"]]


def read_rulesets(folder: Path) -> RuleBook:
    """Return the book of all rule files in a folder; raises RuleError naming the file and what may stand there."""
    common = _document(folder / f"{_SHARED}.yaml")
    shared = {condition["code"]: condition for condition in common["conditions"]}
    parameters, instruments = list(common["parameters"]), []
    for name in INSTRUMENTS:
        path = folder / f"{name}.yaml"
        data = _document(path)
        conditions = [_condition(condition, shared, path) for condition in data["conditions"]]
        instruments.append({"instrument": name, "title": data["title"], "conditions": conditions})
        parameters += data.get("parameters", [])
    return RuleBook.from_json({"parameters": parameters, "instruments": instruments})


@cache
def load_rulesets() -> RuleBook:
    """Return the rules and numbers that come with the product, read once from `rulesets/*.yaml`."""
    return read_rulesets(RULESETS)
