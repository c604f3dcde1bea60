"""Everything that changes data is an operation: keyword-only, in one transaction, with an audit row."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from laws.source import PACKAGE, modules, name_of, tree

COMPOSED = {
    "put_due_in_force": "each agreement takes effect in a transaction of its own, so that one that cannot never stops the others",
    "withdraw_called_off": "each agreement is taken back in a transaction of its own",
    "run_round": "three operations one after another, so that its progress shows between them",
    "run_roster": "the same for a roster",
}


def shelves(name: str) -> list[str]:
    """Return that shelf of every room, as a module: a file or a folder of files."""
    return [
        f"opstap.{folder.parent.name}.{folder.name}.{name}"
        for storey in ("foundation", "journey", "steering")
        for folder in rooms(storey, name)
    ]


def rooms(storey: str, shelf: str) -> list[Path]:
    """Return the rooms of a storey that have the shelf."""
    return sorted(folder for folder in (PACKAGE / storey).iterdir() if (folder / shelf).is_dir() or (folder / f"{shelf}.py").exists())


OPERATIONS = [name for name in shelves("operations") if name != "opstap.foundation.audit.operations"]  # the frame itself


def offered(name: str) -> list[Callable[..., object]]:
    """Return the functions that a shelf offers: those its folder lists, or the public ones of its file."""
    module = import_module(name)
    functions = [vars(module)[key] for key in getattr(module, "__all__", vars(module)) if not key.startswith("_")]
    return [function for function in functions if inspect.isfunction(function) and inspect.unwrap(function).__module__.startswith(name)]


def test_rooms_have_operations() -> None:
    """The law below speaks of something."""
    assert len(OPERATIONS) > 5


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_framed(name: str) -> None:
    """What an operations shelf offers carries the frame that makes it keyword-only, atomic and audited."""
    bare = [function.__name__ for function in offered(name) if not getattr(function, "is_operation", False)]
    assert [found for found in bare if found not in COMPOSED] == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_explained(name: str) -> None:
    """Its docstring says what it does or returns, and what it refuses."""
    assert [function.__name__ for function in offered(name) if not function.__doc__] == []


@pytest.mark.parametrize("path", list(modules(PACKAGE / "desks")), ids=name_of)
def test_desk_calls_what_is_offered(path: Path) -> None:
    """A desk reaches operations through the shelf's front, never around it."""
    inner = [
        node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.module and ".operations." in node.module
    ]
    assert inner == []
