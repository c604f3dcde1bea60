"""Reading the catalogue of competences that comes with the product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.journey.plans.enums import CompetenceKind

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue.yaml"


class CatalogueError(Exception):
    """The file says something that cannot be; the message names the group or competence and what may stand there."""


@dataclass(frozen=True, slots=True)
class Task:
    """A competence as the file has it."""

    code: str
    label: str
    plain: str
    esco_uri: str


@dataclass(frozen=True, slots=True)
class TaskList:
    """A group of the file: `occupations` are ESCO codes of the work for which it is offered first."""

    code: str
    label: str
    kind: CompetenceKind
    occupations: tuple[str, ...]
    tasks: tuple[Task, ...]


Catalogue = tuple[TaskList, ...]


def read_catalogue(path: Path) -> Catalogue:
    """Return the groups of a file in their order; raises CatalogueError for a code that stands twice or a field that is missing."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    groups = tuple(_group(entry) for entry in document["groups"])
    codes = [task.code for group in groups for task in group.tasks]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        msg = f"{path.name}: each code stands once, these stand twice: {', '.join(twice)}"
        raise CatalogueError(msg)
    return groups


def _group(entry: dict[str, Any]) -> TaskList:
    try:
        tasks = tuple(Task(task["code"], task["label"], task["plain"], task["esco"]) for task in entry["competences"])
        return TaskList(entry["code"], entry["label"], CompetenceKind(entry["kind"]), tuple(entry["occupations"]), tasks)
    except (KeyError, ValueError) as error:
        msg = f"group {entry.get('code')}: {error} is missing or cannot be; a competence has code, label, plain and esco"
        raise CatalogueError(msg) from error


@cache
def load_catalogue_file() -> Catalogue:
    """Return the catalogue that comes with the product, read once."""
    return read_catalogue(CATALOGUE)
