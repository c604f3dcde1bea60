"""The checks and the tests: all run even when one fails, one line per tool."""

from __future__ import annotations

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from door import chromium, environment
from door.database import test_database
from door.product import variables
from door.speech import tell
from door.whereabouts import Whereabouts

MOST_LINES = 80
OFFLINE = "postgresql://opstap@/opstap?host=/nonexistent"  # for tools that read the settings and never connect


def checks(places: Whereabouts) -> dict[str, list[str]]:
    """Return the command of each tool by name."""
    code = [name for name in ("src", "tests", "tools", "bench", "opstap") if (places.root / name).exists()]
    return {
        "style": [places.program("ruff"), "check", "--quiet", *code],
        "format": [places.program("ruff"), "format", "--check", "--quiet", *code],
        "types": [places.python, "-m", "mypy", "--no-error-summary"],
        "layers": [places.program("lint-imports"), "--no-logo"],
        "templates": [places.python, "-m", "djlint", "--lint", "--quiet", "src"],
        "migrations": [places.python, "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "1"],
        "translations": [places.python, "-m", "laws.translations"],
    }


@dataclass(frozen=True)
class Outcome:
    """What one tool said."""

    name: str
    is_clean: bool
    seconds: float
    said: str


def check(places: Whereabouts) -> int:
    """Run all checks, as many at a time as there are processors; return 0 when all are clean."""
    own = variables(places, OFFLINE, "test")
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        outcomes = list(pool.map(lambda item: _one(places, own, *item), checks(places).items()))
    for outcome in outcomes:
        if not outcome.is_clean:
            tell(f"--- {outcome.name}\n{_shortened(outcome.said)}")
    for outcome in outcomes:
        tell(f"{'ok  ' if outcome.is_clean else 'FAIL'} {outcome.name:<13}{outcome.seconds:5.1f} s")
    return int(not all(outcome.is_clean for outcome in outcomes))


def _one(places: Whereabouts, own: dict[str, str], name: str, command: list[str]) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(command, check=False, env=own, cwd=places.root, capture_output=True, text=True)
    return Outcome(name, done.returncode == 0, time.monotonic() - began, (done.stdout + done.stderr).strip())


def _shortened(said: str) -> str:
    lines = said.splitlines()
    rest = len(lines) - MOST_LINES
    return "\n".join(lines[:MOST_LINES] + ([f"... and {rest} more lines"] if rest > 0 else []))


def test(places: Whereabouts, arguments: list[str]) -> int:
    """Run the checks (without arguments) and the tests; return 0 when all is well."""
    wants_browser = not any(argument.startswith("tests/") and "browser" not in argument for argument in arguments)
    browser = {"OPSTAP_CHROMIUM": chromium.find()} if wants_browser else {}
    ensure_oracle(places)
    checked = check(places) if not arguments else 0
    with test_database(places) as url:
        own = variables(places, url, "test") | browser | {"OPSTAP_ORACLE": str(places.oracle / "bin" / "python")}
        command = [places.python, "-m", "pytest", *_parallel(arguments), *arguments]
        tested = subprocess.run(command, check=False, env=own, cwd=places.root).returncode
    return checked or tested


def _parallel(arguments: list[str]) -> list[str]:
    by_hand = any(argument.startswith(("-n", "--pdb", "-s")) or argument == "-p" for argument in arguments)
    return [] if by_hand else ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]


def proof(places: Whereabouts, arguments: list[str]) -> int:
    """Run the long proofs one after another, as pytest files in tests/proof; return 0 when all hold."""
    folder = places.root / "tests" / "proof"
    files = [str(path) for path in sorted(folder.glob("proof_*.py"))]
    if not files:
        tell(f"There are no proofs in {folder} yet.")
        return 1
    with test_database(places) as url:
        own = variables(places, url, "test")
        return subprocess.run(
            [places.python, "-m", "pytest", "-p", "no:randomly", *files, *arguments], check=False, env=own, cwd=places.root
        ).returncode


def ensure_oracle(places: Whereabouts) -> None:
    """Make the second environment, when the tests bring a list for it."""
    listed = places.requirements("oracle")
    if listed.exists():
        environment.prepare(places.oracle, [listed], places.data / "environment.lock")
