"""Under which account the database runs: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from door.speech import Stopped


@dataclass(frozen=True)
class Account:
    """The account that owns the data folder; `switch` is whether we must become another user for it."""

    uid: int
    gid: int
    switch: bool

    def run(self, *command: str, quiet: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the command as this account in a clean environment; never raises for its exit code."""
        variables = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": "/tmp"}  # noqa: S108 - nothing is written there
        identity = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}
        output = subprocess.PIPE if quiet else None
        return subprocess.run(  # type: ignore[call-overload,no-any-return]  # the identity arguments are spread from a dict
            command, check=False, cwd="/", env=variables, text=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **identity,
        )  # fmt: skip

    def can_enter(self, folder: Path) -> bool:
        """Return whether this account can reach the folder."""
        return self.run("/bin/sh", "-c", 'cd "$1"', "sh", str(folder)).returncode == 0

    def give(self, folder: Path) -> None:
        """Make the folder this account's alone."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.switch:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def _must_have_a_name(uid: int) -> None:
    """Raise Stopped when the system knows no user of that number (some containers): PostgreSQL refuses to start then."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        raise Stopped(
            f"This system has no name for user number {uid}, and PostgreSQL refuses to run for a user without one. "
            "Add the user to /etc/passwd, or set DATABASE_URL to a PostgreSQL that runs elsewhere."
        ) from None


def account_for(folder: Path) -> Account:
    """Return who runs the database in this folder: its owner, ourselves, or (as root) an account without rights."""
    ours = os.geteuid()
    if (folder / "PG_VERSION").exists():
        owner = folder.stat()
        if ours not in (0, owner.st_uid):
            raise Stopped(f"The data in {folder} belongs to user number {owner.st_uid}: start ./opstap as that user or as root.")
        if owner.st_uid:
            return Account(owner.st_uid, owner.st_gid, switch=ours != owner.st_uid)
    if ours:
        _must_have_a_name(ours)
        return Account(ours, os.getegid(), switch=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, switch=True)
    raise Stopped("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' here: start ./opstap as a normal user.")
