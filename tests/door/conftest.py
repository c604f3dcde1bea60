"""An installation of one's own for each test: this environment, its own data."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from door.whereabouts import Whereabouts


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a new folder that other accounts can pass through (pytest's own folders are closed), removed afterwards."""
    made = Path(tempfile.mkdtemp(prefix="opstap-door-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def places(folder: Path) -> Whereabouts:
    """Return an installation with the environment of the tests and data of its own."""
    return Whereabouts(root=Whereabouts.here().root, environment=Path(sys.prefix), data=folder / "var")
