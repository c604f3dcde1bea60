"""Compiled code never outlives a change of any source beside it."""

from __future__ import annotations

import os
from pathlib import Path

from opstap.engine.matching.scale.kernel import forget_stale_code


def folder_with(tmp_path: Path, *, source: int, index: int) -> Path:
    """Return the index of compiled code, written at that second beside a source of that second."""
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "rules.py").write_text("")
    compiled = tmp_path / "__pycache__" / "sweep.nbi"
    compiled.write_text("")
    os.utime(tmp_path / "rules.py", (source, source))
    os.utime(compiled, (index, index))
    return compiled


def test_forget_stale_code_removes_what_is_older(tmp_path: Path) -> None:
    """A source changed after compiling: the compiled code goes."""
    compiled = folder_with(tmp_path, source=20, index=10)
    forget_stale_code(tmp_path)
    assert not compiled.exists()


def test_forget_stale_code_keeps_what_is_newer(tmp_path: Path) -> None:
    """Compiled after the last change: it stays."""
    compiled = folder_with(tmp_path, source=10, index=20)
    forget_stale_code(tmp_path)
    assert compiled.exists()


def test_forget_stale_code_without_cache_does_nothing(tmp_path: Path) -> None:
    """A fresh folder has nothing to forget."""
    forget_stale_code(tmp_path)
    assert list(tmp_path.iterdir()) == []
