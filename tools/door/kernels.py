"""What numba compiled of the engines: compiled again once any compiled source is newer.

numba itself looks only at the file in which a function stands; what it took in from another file would stay as it was.
"""

from __future__ import annotations

from pathlib import Path


def forget_old(engine: Path) -> int:
    """Remove what was compiled in these folders before the last change of a source that is compiled; return how many files."""
    sources = [path.stat().st_mtime_ns for path in engine.rglob("*.py") if b"njit" in path.read_bytes()]
    old = [path for path in engine.rglob("__pycache__/*.nb[ic]") if path.stat().st_mtime_ns < max(sources, default=0)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
