"""The measures of the house: short files, short functions, no junk drawers, reasons for every exception."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median, quantiles

import pytest

from laws.source import PACKAGE, ROOT, modules, name_of, tree

DRAWERS = {"utils.py", "util.py", "common.py", "helpers.py", "misc.py"}
SILENCED = re.compile(r"#\s*(noqa|type: ignore|fmt: off|pragma)(?P<rest>.*)")
WITH_REASON = re.compile(r"(: ?[A-Z]+\d+(, ?[A-Z]+\d+)*)?(\[[a-z, -]+\])?\s+(-|#) ?\S+")
OURS = [*modules(PACKAGE), *modules(ROOT / "tools"), *modules(ROOT / "bench")]
TESTS = list(modules(ROOT / "tests"))


def lines(paths: list[Path]) -> list[int]:
    """Return the length of each file."""
    return [len(path.read_text(encoding="utf-8").splitlines()) for path in paths]


def functions(paths: list[Path]) -> list[tuple[str, int]]:
    """Return every function with its length in lines, its docstring not counted."""
    return [
        (f"{name_of(path)}:{node.name}", node.end_lineno - node.body[bool(ast.get_docstring(node)) and len(node.body) > 1].lineno + 1)
        for path in paths
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]


def test_files_are_not_drawers() -> None:
    """A file is named for what is in it."""
    assert [name_of(path) for path in OURS + TESTS if path.name in DRAWERS] == []


def test_files_are_short() -> None:
    """Half of the files have at most 90 lines, nine in ten at most 300, and none more than 400."""
    lengths = lines(OURS)
    assert [name_of(path) for path, length in zip(OURS, lengths, strict=True) if length > 400] == []
    assert (median(lengths) <= 90, quantiles(lengths, n=10)[-1] <= 300) == (True, True)


def test_functions_are_short() -> None:
    """Nine functions in ten have at most 30 lines, half of them at most 9."""
    lengths = [length for _, length in functions(OURS)]
    assert (median(lengths) <= 9, quantiles(lengths, n=10)[-1] <= 30) == (True, True)


def test_templates_are_short() -> None:
    """A template of more than 150 lines is two templates."""
    templates = list(PACKAGE.rglob("templates/**/*.html"))
    assert [name_of(path) for path, length in zip(templates, lines(templates), strict=True) if length > 150] == []


@pytest.mark.parametrize("path", OURS + TESTS, ids=name_of)
def test_exceptions_have_reasons(path: Path) -> None:
    """Whoever silences a tool says why, on the same line."""
    text = path.read_text(encoding="utf-8")
    bare = [
        line.strip()
        for line in text.splitlines()
        for found in SILENCED.finditer(line)
        if not WITH_REASON.match(found["rest"]) and "re.compile" not in line
    ]
    assert bare == []


def test_every_function_is_typed() -> None:
    """Arguments and results have types, in the product, its tools and its tests."""
    untyped = [
        f"{name_of(path)}:{node.lineno}"
        for path in OURS + TESTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and (node.returns is None or any(_is_untyped(argument) for argument in node.args.args + node.args.kwonlyargs))
    ]
    assert untyped == []


def _is_untyped(argument: ast.arg) -> bool:
    return argument.annotation is None and argument.arg not in ("self", "cls", "mcs")
