"""The Python environment: made once, made again when half-made, brought up to date when a list changes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from door.environment import prepare
from door.speech import Stopped


@pytest.fixture
def wanted(folder: Path) -> Path:
    """Return a list of packages that asks for none, so that no index is needed."""
    (folder / "base.txt").write_text("# nothing\n")
    return folder / "base.txt"


def works(environment: Path) -> bool:
    """Return whether the environment's Python starts and the stamp says it is whole."""
    command = [str(environment / "bin" / "python"), "-c", "import sys; sys.exit(sys.prefix == sys.base_prefix)"]
    done = subprocess.run(command, check=False)
    return done.returncode == 0 and (environment / "opstap-stamp.json").exists()


def test_environment_is_made_and_kept(folder: Path, wanted: Path) -> None:
    """The second time nothing is done: the stamp answers."""
    prepare(folder / "env", [wanted], folder / "lock")
    (folder / "env" / "mark").touch()
    prepare(folder / "env", [wanted], folder / "lock")
    assert (works(folder / "env"), (folder / "env" / "mark").exists()) == (True, True)


def test_environment_follows_its_list(folder: Path, wanted: Path) -> None:
    """A changed list is installed into the same environment, and a list on top of it is done again too."""
    (folder / "dev.txt").write_text("# nothing more\n")
    prepare(folder / "env", [wanted, folder / "dev.txt"], folder / "lock")
    wanted.write_text("# nothing, said differently\n")
    prepare(folder / "env", [wanted], folder / "lock")
    assert set(json.loads((folder / "env" / "opstap-stamp.json").read_text())) == {"base.txt"}


def test_environment_half_made_is_made_again(folder: Path, wanted: Path) -> None:
    """An installation that was interrupted is not trusted."""
    prepare(folder / "env", [wanted], folder / "lock")
    (folder / "env" / "opstap-stamp.json").unlink()
    (folder / "env" / "opstap-unfinished").touch()
    (folder / "env" / "mark").touch()
    prepare(folder / "env", [wanted], folder / "lock")
    assert (works(folder / "env"), (folder / "env" / "mark").exists()) == (True, False)


def test_environment_without_python_is_made_again(folder: Path, wanted: Path) -> None:
    """Interrupted even earlier: the folder exists, its Python does not."""
    (folder / "env" / "bin").mkdir(parents=True)
    prepare(folder / "env", [wanted], folder / "lock")
    assert works(folder / "env")


def test_environment_never_removes_a_stranger(folder: Path, wanted: Path) -> None:
    """A folder that is not an environment is somebody's, and stays."""
    (folder / "env").mkdir()
    (folder / "env" / "letter.txt").write_text("dear")
    with pytest.raises(Stopped, match="not a Python environment"):
        prepare(folder / "env", [wanted], folder / "lock")
    assert (folder / "env" / "letter.txt").read_text() == "dear"
