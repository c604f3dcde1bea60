"""What must not stand in the repository, and what must: clean text, honest tests, known copies."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path
from typing import TypeGuard

import pytest

from laws.source import PACKAGE, ROOT, modules, name_of, text_files, tree

# written in pieces, so that this file does not contain what it forbids
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error")) + r")\b")
MACHINE = re.compile(r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "fa" + "rm", "ho" + "me", "ro" + "ot", "Us" + "ers")) + r")/\w")
REGISTRY = re.compile(r"(?<!no-emit-)(extra-index" + r"-url|--index" + r"-url|find" + r"-links)[ =]")
TESTS = list(modules(ROOT / "tests"))
VENDORED = PACKAGE / "ui" / "static" / "vendor"


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Return every line of our text files that the pattern finds."""
    found = []
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:100]}")
    return found


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE, REGISTRY], ids=["unfinished", "machine", "registry"])
def test_text_is_clean(pattern: re.Pattern[str]) -> None:
    """No unfinished marks, no folder of somebody's machine, no address of a package index."""
    assert lines_with(pattern) == []


def test_requirements_are_pinned_and_hashed() -> None:
    """Every package has one exact version with its hashes, and no address."""
    compiled = sorted((ROOT / "requirements").glob("*.txt"))
    loose = [line for path in compiled for line in path.read_text().splitlines() if re.match(r"^[a-z]", line) and "==" not in line]
    hashless = [
        path.name
        for path in compiled
        if path.read_text().count("--hash=sha256:") < len(re.findall(r"^[a-z].*==", path.read_text(), re.MULTILINE))
    ]
    assert (loose, hashless, len(compiled) > 1) == ([], [], True)


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_tests_are_honest(path: Path) -> None:
    """No test is skipped or expected to fail, nothing in the house is mocked, each has a sentence and something to assert."""
    module = tree(path)
    marks = [
        node.attr
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in ("skip", "skipif", "xfail", "importorskip")
    ]
    mocks = [node.lineno for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module == "unittest.mock"]
    silent = [node.name for node in ast.walk(module) if _is_test(node) and not ast.get_docstring(node)]
    assert (marks, mocks, silent) == ([], [], [])


def test_copies_are_listed() -> None:
    """Every front-end file of others stands in VENDORED.md with the hash it has."""
    listed = (VENDORED / "VENDORED.md").read_text(encoding="utf-8")
    copies = [path for path in VENDORED.rglob("*") if path.is_file() and path.suffix not in (".md", ".txt")]
    unlisted = [path.name for path in copies if hashlib.sha256(path.read_bytes()).hexdigest() not in listed or path.name not in listed]
    assert (unlisted, bool(copies)) == ([], True)


def _is_test(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
