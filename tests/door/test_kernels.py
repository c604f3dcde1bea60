"""What numba compiled is compiled again when another file changed, and kept otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from door.kernels import forget_old


def compiled(folder: Path, *, at: int) -> Path:
    """Return a compiled file of that second, in the folder's cache."""
    path = folder / "__pycache__" / f"kernel.step-{at}.py311.1.nbc"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (at, at))
    return path


def source(folder: Path, name: str, text: str, *, at: int) -> None:
    """Write a source of that second."""
    (folder / name).write_text(text)
    os.utime(folder / name, (at, at))


def test_what_is_older_than_a_compiled_source_is_forgotten(folder: Path) -> None:
    """Two folders, one of whose sources changed: what was compiled before goes in both, what came after stays."""
    search, other = folder / "search", folder / "other"
    old, new, far = compiled(search, at=100), compiled(search, at=300), compiled(other, at=100)
    source(search, "kernel.py", "@njit(cache=True)", at=200)
    source(search, "words.py", "nothing of that kind", at=400)
    assert (forget_old(folder), [path.exists() for path in (old, new, far)]) == (2, [False, True, False])
    assert forget_old(folder) == 0


def test_nothing_is_forgotten_while_nothing_changed(folder: Path) -> None:
    """A source that is older leaves everything, and so do folders without any."""
    kept = compiled(folder, at=300)
    assert forget_old(folder) == 0
    source(folder, "kernel.py", "@njit", at=200)
    assert (forget_old(folder), kept.exists()) == (0, True)
