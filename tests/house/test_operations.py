"""Everything that changes data is an operation: keyword-only, in one transaction, with an audit row."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module

import pytest

from laws.source import PACKAGE, modules


def dotted(shelf: str) -> list[str]:
    """Return the modules of that shelf (a file or a folder of files) in all rooms."""
    paths = [path for path in modules() if shelf in (path.stem, path.parent.name) and path.stem != "__init__"]
    return [".".join(("opstap", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in paths]


OPERATIONS = [name for name in dotted("operations") if name != "opstap.foundation.audit.operations"]  # the frame itself


def public_functions(name: str) -> list[Callable[..., object]]:
    """Return the functions that a module defines and offers."""
    module = import_module(name)
    found = [value for key, value in vars(module).items() if inspect.isfunction(value) and not key.startswith("_")]
    return [function for function in found if inspect.unwrap(function).__module__ == name]


def test_rooms_have_operations() -> None:
    """The law below speaks of something."""
    assert "opstap.foundation.access.operations" in OPERATIONS


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_framed(name: str) -> None:
    """A public function of an operations shelf carries the frame that makes it atomic and audited."""
    bare = [function.__qualname__ for function in public_functions(name) if not getattr(function, "is_operation", False)]
    assert bare == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_explained(name: str) -> None:
    """Its docstring says what it returns or does, and what it refuses."""
    assert [function.__qualname__ for function in public_functions(name) if not function.__doc__] == []
