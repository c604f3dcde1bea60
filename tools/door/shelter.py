"""A folder outside the checkout, for what another account must reach when the checkout lies behind a closed door."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from door.accounts import Account
from door.speech import Stopped

PUBLIC = Path("/var/tmp")  # noqa: S108 - what we make there is checked for its owner before use


def shelter(fingerprint: str) -> Path:
    """Return where this installation's shelter is, whether it exists or not."""
    return PUBLIC / f"opstap-{fingerprint}"


def own(folder: Path) -> Path:
    """Return the folder, made by us and open for passing through."""
    checked(folder, os.geteuid()).mkdir(exist_ok=True)
    folder.chmod(0o755)
    return folder


def short_folder(long: Path, account: Account) -> Path:
    """Return a short folder of the account's own that stands for a path too long for a socket."""
    name = hashlib.sha256(os.fsencode(long)).hexdigest()[:12]
    folder = checked(PUBLIC / f"opstap-socket-{name}", account.uid)
    account.give(folder)
    return folder


def temporary(account: Account) -> Path:
    """Return a new temporary folder that the account can reach."""
    for parent in (None, PUBLIC):
        folder = Path(tempfile.mkdtemp(prefix="opstap-test-", dir=parent))
        folder.chmod(0o755)
        if account.can_enter(folder):
            return folder
        folder.rmdir()
    raise Stopped(f"User number {account.uid} can reach neither {tempfile.gettempdir()} nor {PUBLIC}; the database cannot run there.")


def checked(folder: Path, owner: int) -> Path:
    """Return the folder; raises Stopped when someone else put something in its place."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return folder
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        raise Stopped(f"{folder} belongs to someone else: remove it, or choose another data folder in OPSTAP_DATA.")
    return folder
