"""The Python environment: made from pinned, hashed lists; made again when half-made; brought up to date when a list changes."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from door.kernels import forget_old
from door.locks import alone
from door.speech import Stopped, tell
from door.whereabouts import Whereabouts

NO_PIP = """\
This Python ({python}) can make no environment: it has neither uv nor pip nor ensurepip.
  Debian, Ubuntu:  apt-get install python3-venv
Then start ./opstap again."""


def ensure(places: Whereabouts, *names: str) -> bool:
    """Make the environment hold the packages of the named lists ("base", "dev"); return False (and do nothing) when it already does."""
    forget_old(places.root / "src" / "opstap" / "engine")
    return prepare(places.environment, [places.requirements(name) for name in names], places.data / "environment.lock")


def prepare(folder: Path, lists: list[Path], lock: Path) -> bool:
    """Make `folder` an environment with the packages of the lists; return whether that took doing. Raises Stopped when it fails."""
    wanted = {path.name: _digest(path) for path in lists}
    if _has(folder, wanted):
        return False
    with alone(lock):
        if not _has(folder, wanted):
            _make(folder, lists, wanted)
    return True


def _make(folder: Path, lists: list[Path], wanted: dict[str, str]) -> None:
    unfinished = folder / "opstap-unfinished"
    if _is_spoiled(folder, unfinished):
        _remove(folder)
    tell(f"Setting up Python packages in {folder} (once) ...")
    uv = shutil.which("uv")
    if not (folder / "bin" / "python").exists():
        _create(folder, uv)
    unfinished.touch()
    changed = [path for path in lists if not _has(folder, {path.name: wanted[path.name]})]
    _install(str(folder / "bin" / "python"), changed, uv)
    kept = {} if "base.txt" in {path.name for path in changed} else _stamp(folder)
    (folder / "opstap-stamp.json").write_text(json.dumps(kept | wanted))
    unfinished.unlink()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp(folder: Path) -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads((folder / "opstap-stamp.json").read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def _has(folder: Path, wanted: dict[str, str]) -> bool:
    return (folder / "bin" / "python").exists() and wanted.items() <= _stamp(folder).items()


def _is_spoiled(folder: Path, unfinished: Path) -> bool:
    if not folder.exists():
        return False
    if unfinished.exists() or not (folder / "pyvenv.cfg").exists():
        return True
    python = folder / "bin" / "python"
    return not python.exists() or subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode != 0


def _remove(folder: Path) -> None:
    content = {path.name for path in folder.iterdir()}
    if "pyvenv.cfg" not in content and not content <= {"bin", "lib", "lib64", "include", "opstap-unfinished"}:
        raise Stopped(f"{folder} is not a Python environment: choose another folder in OPSTAP_VENV, or remove it yourself.")
    tell(f"{folder} was left half-made; making it again.")
    shutil.rmtree(folder)


def _create(folder: Path, uv: str | None) -> None:
    if uv and _ran([uv, "venv", "--quiet", "--python", sys.executable, str(folder)]):
        return
    shutil.rmtree(folder, ignore_errors=True)
    without = ["--without-pip"] if _ran([sys.executable, "-m", "pip", "--python", sys.executable, "--version"]) else []  # saves seconds
    if not _ran([sys.executable, "-m", "venv", *without, str(folder)]):
        raise Stopped(NO_PIP.format(python=sys.executable))


def _install(python: str, lists: list[Path], uv: str | None) -> None:
    chosen = [part for path in lists for part in ("-r", str(path))]
    if uv and _ran([uv, "pip", "install", "--quiet", "--require-hashes", "--python", python, *chosen]):
        return
    pip = [sys.executable, "-m", "pip", "--python", python]
    if not _ran([*pip, "--version"]):  # the Python we run under has no pip, or one older than 22.3: the environment gets its own
        _ran([python, "-m", "ensurepip"])
        pip = [python, "-m", "pip"]
    done = subprocess.run([*pip, "install", "-qq", "--no-compile", "--disable-pip-version-check", "--require-hashes", *chosen], check=False)
    if done.returncode:
        raise Stopped(
            "The packages could not be installed (see the lines above). Is the package index reachable? Starting again tries again."
        )


def _ran(command: list[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
