"""A PostgreSQL of our own: made once, started when needed, on a socket that only its owner (and root) can reach."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from door.accounts import Account, account_for
from door.binaries import Programs, choose, reachable
from door.locks import Presence, alone
from door.shelter import own, shelter, short_folder, temporary
from door.speech import Stopped, tell
from door.whereabouts import Whereabouts

PORT = 5432  # names the socket only: nothing listens on the network
LONGEST_SOCKET = 107  # bytes, the limit of a unix socket's path
SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")
DURABLE = ("jit=off",)
THROWAWAY = ("jit=off", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@dataclass(frozen=True)
class Cluster:
    """One data folder with its programs, its account and its socket."""

    folder: Path
    programs: Programs
    account: Account
    sockets: Path
    settings: Sequence[str]

    def url(self, database: str) -> str:
        """Return the address of a database in this cluster."""
        return f"postgresql://opstap@/{database}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    def is_running(self) -> bool:
        """Return whether a server answers on the socket (a left-over pid file says nothing)."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.sockets / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
            return True

    def start(self) -> None:
        """Make the data folder when it is new and start the server; raises Stopped with the server's own words."""
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()
        options = (f"-k {self.sockets}", f"-p {PORT}", "-c listen_addresses=''", *(f"-c {setting}" for setting in self.settings))
        command = [
            self.programs / "pg_ctl",
            "-D",
            str(self.folder),
            "-w",
            "-t",
            "120",
            "-l",
            str(self.folder / "log"),
            "-o",
            " ".join(options),
            "start",
        ]
        for pause in (0.5, 2.0, 5.0, None):
            # after a kill -9 the last server processes need a moment to notice that their parent is gone
            if self.account.run(*command, quiet=pause is not None).returncode == 0:
                return
            self._forget_stale_pid()
            time.sleep(pause or 0)
        raise Stopped(f"PostgreSQL did not start:\n{self._last_words()}")

    def stop(self) -> None:
        """Stop the server, letting it finish what it writes."""
        self.account.run(self.programs / "pg_ctl", "-D", str(self.folder), "-m", "fast", "-w", "-t", "60", "stop")

    def _initialise(self) -> None:
        self.account.give(self.folder)
        for left_over in self.folder.iterdir():  # an earlier start was interrupted before PG_VERSION was written
            shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
        command = [self.programs / "initdb", "-D", str(self.folder), "-U", "opstap", "-E", "UTF8", "--data-checksums", "--no-instructions"]
        safety = ["--no-sync"] if "fsync=off" in self.settings else []
        access = ["--auth-local=trust", "--auth-host=scram-sha-256"]
        for locale in ("C.UTF-8", "C"):
            done = self.account.run(*command, *safety, *access, f"--locale={locale}")
            if done.returncode == 0:
                return
        raise Stopped(f"PostgreSQL could not make its data folder {self.folder}:\n{done.stdout.strip()}")

    def _forget_stale_pid(self) -> None:
        """Remove a pid file whose number now belongs to another program (after a crash or in a new container)."""
        path = self.folder / "postmaster.pid"
        try:
            number = int(path.read_text().split("\n", 1)[0])
            name = Path(f"/proc/{number}/comm").read_text().strip()
        except (OSError, ValueError):
            return
        if not name.startswith("postgres") and not self.is_running():
            path.unlink(missing_ok=True)

    def _last_words(self) -> str:
        try:
            return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-15:])
        except OSError:
            return "(it left no log)"


def lasting(places: Whereabouts) -> Cluster:
    """Return the cluster of this installation: in the data folder, or in a shelter when its account cannot come there."""
    folder = places.data / "postgres"
    sheltered = shelter(places.fingerprint) / "postgres"
    if (sheltered / "PG_VERSION").exists() and not (folder / "PG_VERSION").exists():
        folder = sheltered
    account = account_for(folder)
    if account.switch:
        places.data.mkdir(parents=True, exist_ok=True)
        if not account.can_enter(places.data):
            folder = own(sheltered.parent) / "postgres"
    return _cluster(folder, account, places, DURABLE)


def throwaway(places: Whereabouts) -> Cluster:
    """Return a new cluster for tests: fast, not durable; `discard` removes it."""
    account = account_for(Path("/nonexistent"))
    return _cluster(temporary(account) / "postgres", account, places, THROWAWAY)


def discard(cluster: Cluster) -> None:
    """Stop a throwaway cluster and remove every trace of it."""
    cluster.account.run(cluster.programs / "pg_ctl", "-D", str(cluster.folder), "-m", "immediate", "-w", "stop")
    shutil.rmtree(cluster.folder.parent, ignore_errors=True)


def join(cluster: Cluster, lock: Path) -> Presence:
    """Start the cluster, or join the others that use it."""
    with alone(lock):
        presence = Presence(lock.with_suffix(".users"))
        if not cluster.is_running():
            tell("Starting PostgreSQL ...")
            cluster.start()
        return presence


def leave(cluster: Cluster, lock: Path, presence: Presence) -> None:
    """Leave the cluster; the last one out stops it."""
    with alone(lock):
        if presence.leave():
            cluster.stop()


def _cluster(folder: Path, account: Account, places: Whereabouts, settings: Sequence[str]) -> Cluster:
    version = folder / "PG_VERSION"
    programs = choose(places.environment, int(version.read_text()) if version.exists() else None)
    if account.switch:
        programs = reachable(programs, account, shelter(places.fingerprint))
    return Cluster(folder, programs, account, _sockets(folder, account), settings)


def _sockets(folder: Path, account: Account) -> Path:
    """Return the folder of the socket: the data folder, unless its path is too long or holds odd characters."""
    if len(os.fsencode(f"{folder}/.s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET and SAFE.issuperset(str(folder)):
        return folder
    return short_folder(folder, account)
