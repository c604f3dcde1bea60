"""Desks get their rows from queries that know who asks."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from laws.source import PACKAGE, modules, name_of, tree

WITHOUT_ACTOR = {
    "link_by_token": "the link in the person's hand is the permission, and becomes the actor",
    "link_by_id": "the session of who typed a code names the link, which becomes the actor",
    "link_by_code": "the code in the person's hand is the permission, and becomes the actor",
    "is_database_well": "it reads no rows of anybody",
    "user_by_id": "the session names the user; the actor is made out of it",
    "demo_users": "the demonstration offers its invented users to everybody; elsewhere it offers none",
    "neighbourhoods": "names and centres of neighbourhoods are public facts",
    "shown_programme": "the latest programme with places, its region and its order of criteria are public",
    "users_with_role": "the job that tells a host asks to whom; no page shows it",
    "is_slowed_down": "it counts attempts before anybody is known",
}
VIEWS = [path for path in modules(PACKAGE / "desks") if "spreadsheet" not in path.parts]


def queries_used(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (module, function) for each query that a module of a desk imports or calls through its module."""
    shelves: dict[str, str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and ".queries" in node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            shelves |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names if alias.name == "queries"}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in shelves:
            yield shelves[node.value.id], node.attr


@pytest.mark.parametrize("path", VIEWS, ids=name_of)
def test_desk_asks_with_the_actor(path: Path) -> None:
    """A query that a desk calls for rows takes the actor first; the few that come before an actor are named above with their reason."""
    called = [(name, getattr(import_module(module), name)) for module, name in queries_used(path)]
    blind = [name for name, function in called if name not in WITHOUT_ACTOR and reads_rows(function) and not takes_actor(function)]
    assert blind == []


def reads_rows(function: object) -> bool:
    """Return whether the query goes to the database itself."""
    return inspect.isfunction(function) and ".objects" in inspect.getsource(function)


def takes_actor(function: Callable[..., object]) -> bool:
    """Return whether the first argument is the actor."""
    return next(iter(inspect.signature(function).parameters), "") == "actor"
