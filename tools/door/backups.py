"""Backups: one compressed file per moment, made and put back with the programs that fit the server."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from door.binaries import Programs, installed
from door.speech import Stopped, tell
from door.whereabouts import Whereabouts

NEWER_SETTING = b"SET transaction_timeout = 0;\n"  # written by newer programs, unknown to servers older than 17
KEYS = "The keys in {folder} are not in the backup. Without them encrypted fields cannot be read: keep a copy in another place."


def backup(places: Whereabouts, url: str, arguments: list[str]) -> int:
    """Write the database to the file, whole or not at all; return 0."""
    moment = datetime.now(tz=UTC).strftime("%Y%m%d-%H%M%S")
    target = Path(arguments[0]) if arguments else places.data / "backups" / f"opstap-{moment}.dump"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.unfinished")
    programs = _programs(places, url)[0]
    with draft.open("wb") as handle:
        draft.chmod(0o600)
        _run([programs / "pg_dump", "--format=custom", "--no-owner", "--no-privileges", url], "The backup failed", stdout=handle)
    draft.rename(target)
    tell(f"Backup written to {target}.\n{KEYS.format(folder=places.data / 'keys')}")
    return 0


def restore(places: Whereabouts, url: str, arguments: list[str]) -> int:
    """Put the file back in one transaction: all of it or nothing; return 0."""
    files = [Path(argument) for argument in arguments if argument != "--replace"]
    if len(files) != 1 or not files[0].is_file():
        raise Stopped("Say which backup: ./opstap restore file [--replace]", code=2)
    if "--replace" not in arguments and _has_tables(places, url):
        raise Stopped("This database already holds data. Restoring replaces all of it: ./opstap restore file --replace")
    programs, script = _read(_programs(places, url), files[0])
    empty = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
    whole = empty + script.replace(NEWER_SETTING, b"").replace(b"CREATE SCHEMA public;\n", b"", 1)
    command = [programs / "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", url]
    _run(command, "The backup could not be put back; nothing was changed", content=whole)
    tell(f"{files[0]} is back in the database.")
    return 0


def _run(command: list[str], failure: str, content: bytes | None = None, stdout: object = subprocess.PIPE) -> bytes:
    done = subprocess.run(command, check=False, input=content, stdout=stdout, stderr=subprocess.PIPE)  # type: ignore[call-overload]  # a file or PIPE
    if done.returncode:
        raise Stopped(f"{failure}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout or b""


def _ask(places: Whereabouts, url: str, query: str) -> str:
    code = "import sys, psycopg; print(psycopg.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])"
    return _run([places.python, "-c", code, url, query], "The database cannot be reached").decode().strip()


def _has_tables(places: Whereabouts, url: str) -> bool:
    return _ask(places, url, "select count(*) from information_schema.tables where table_schema = 'public'") != "0"


def _programs(places: Whereabouts, url: str) -> list[Programs]:
    """Return programs of the server's own version and newer ones: pg_dump refuses a server newer than itself."""
    server = int(_ask(places, url, "select current_setting('server_version_num')::int / 10000"))
    fitting = sorted((found for found in installed(places.environment) if found.major >= server), key=lambda found: found.major)
    if not fitting:
        raise Stopped(f"The server is PostgreSQL {server}; install postgresql-client-{server} for backup and restore.")
    return fitting


def _read(choices: list[Programs], file: Path) -> tuple[Programs, bytes]:
    """Return the backup as SQL and the programs that could read it: a backup of a newer server needs newer ones."""
    for programs in choices:
        command = [programs / "pg_restore", "--no-owner", "--no-privileges", "--file=-", str(file)]
        try:
            return programs, _run(command, "The backup cannot be read")
        except Stopped:
            if programs is choices[-1]:
                raise
    raise Stopped("The backup cannot be read: there are no programs for it.")
