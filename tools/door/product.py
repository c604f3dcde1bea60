"""Running the product inside its environment: the variables it reads, its management commands, its preparation."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from door.keys import keys
from door.speech import Stopped
from door.whereabouts import Whereabouts


def variables(places: Whereabouts, url: str, mode: str) -> dict[str, str]:
    """Return the whole environment of a process of the product; mode is demo, test or production."""
    (places.data / "static").mkdir(parents=True, exist_ok=True)  # the web server warns when it is not there
    return {
        **plain_variables(places),
        **keys(places),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "opstap.config.settings",
        "OPSTAP_MODE": mode,
        "OPSTAP_DATA": str(places.data),
    }


def plain_variables(places: Whereabouts) -> dict[str, str]:
    """Return the environment of a part that needs no database."""
    known = os.pathsep.join([str(places.root / "src"), str(places.root), str(places.root / "tools")])
    return {**os.environ, "PYTHONPATH": known}


def manage(places: Whereabouts, environment: Mapping[str, str], *arguments: str) -> int:
    """Run a management command; return its exit code."""
    return subprocess.run([places.python, "-m", "django", *arguments], check=False, env=environment, cwd=places.root).returncode


def prepare(places: Whereabouts, environment: Mapping[str, str], *steps: str) -> None:
    """Run the steps ("migrate", "demo") of `door.inside` in one process, since every start of Django costs a second."""
    done = subprocess.run([places.python, "-m", "door.inside", *steps], check=False, env=environment, cwd=places.root)
    if done.returncode:
        raise Stopped("The database could not be brought up to date (see the lines above).")


@contextmanager
def warming(places: Whereabouts, *, is_new: bool) -> Iterator[None]:
    """Compile the engine of rosters on another core during the block, in a new environment: its first search need not wait."""
    made = places.data / "warming.xlsx"
    given = ["--input", str(places.root / "demo" / "oostende" / "lavoro.xlsx"), "--from", "2023-09-04", "--weeks", "1", "--seconds", "1"]
    command = [places.python, "-m", "opstap.desks.spreadsheet", "roster", *given, "--out", str(made)]
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(command, env=plain_variables(places), stdin=quiet, stdout=quiet, stderr=quiet) if is_new else None
    try:
        yield
    finally:
        if child is not None:
            child.terminate()
            child.wait()
            made.unlink(missing_ok=True)
