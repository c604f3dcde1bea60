"""The repository as files and syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "opstap"
OURS = ("src", "tests", "tools", "bench", "docs", "demo", "requirements", ".ci")
NOT_OURS = {"__pycache__", "LC_MESSAGES", "vendor", "node_modules"}
TEXT = {".py", ".md", ".html", ".css", ".js", ".yaml", ".yml", ".toml", ".txt", ".po", ".typ", ".svg", ".json", ".in", ".sh", ".csv", ""}


def text_files() -> Iterator[Path]:
    """Yield every text file that we wrote, in order."""
    tops = [path for path in ROOT.iterdir() if path.is_file() and not path.name.endswith(".lock")]
    inner = [path for name in OURS for path in (ROOT / name).rglob("*") if path.is_file()]
    for path in sorted(tops + inner):
        if path.suffix in TEXT and not NOT_OURS.intersection(path.relative_to(ROOT).parts):
            yield path


def modules(folder: Path = PACKAGE) -> Iterator[Path]:
    """Yield every Python file under the folder, without migrations."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts and "__pycache__" not in path.parts:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """Return a path as people write it: relative to the repository."""
    return path.relative_to(ROOT).as_posix()
