"""What the door can do: one function per command. Each takes the folders and the person's arguments and returns an exit code."""

from __future__ import annotations

import os
import subprocess
import time

from door import backups, environment, quality, web
from door.children import children
from door.database import database, is_given
from door.product import manage, plain_variables, prepare, variables, warming
from door.speech import Stopped, tell
from door.whereabouts import Whereabouts


def demo(places: Whereabouts, arguments: list[str]) -> int:
    """Start the product with the Oostende 2023 programme, invented people and logins. --year: after a year; --no-serve: load."""
    unknown = [argument for argument in arguments if argument not in {"--no-serve", "--year"}]
    if unknown:
        raise Stopped(f"demo does not know {' '.join(unknown)}; it knows --year and --no-serve.", code=2)
    began, is_year = time.monotonic(), "--year" in arguments
    is_new = environment.ensure(places, "base")
    with warming(places, is_new=is_new), database(places, "opstap_demo_year" if is_year else "opstap_demo") as url:
        port = web.free_port()
        own = variables(places, url, "demo") | {"OPSTAP_PUBLIC_URL": f"http://127.0.0.1:{port}", "OPSTAP_TODAY": _demo_day(is_year=is_year)}
        steps = ["migrate", "year" if is_year else "demo"]
        if "--no-serve" in arguments:
            prepare(places, own, *steps)
            return 0
        with children() as group:
            address = web.start_web(group, places, own, port)  # reads the product while the tables are brought up to date
            prepare(places, own, *steps, "logins")
            web.start_worker(group, places, own)
            web.wait_for(group, address)
            tell(f"\nOpstap runs on {address} (ready in {time.monotonic() - began:.0f} s). Stop with Ctrl-C; the data stays.")
            web.show(address)
            group.watch()
    return 0


def serve(places: Whereabouts, arguments: list[str]) -> int:
    """Run the web server for real. OPSTAP_BIND is its address (127.0.0.1:8000); more arguments go to gunicorn."""
    environment.ensure(places, "base")
    with database(places, _name()) as url, children() as group:
        own = variables(places, url, _mode())
        prepare(places, own, *_ready_steps(), "static")
        bind = os.environ.get("OPSTAP_BIND", f"127.0.0.1:{web.FIRST_PORT}")
        group.start("web server", web.web_command(places, bind, arguments), own, places.root)
        tell(f"Opstap serves on {bind}. Stop with Ctrl-C.")
        group.watch()
    return 0


def worker(places: Whereabouts, arguments: list[str]) -> int:
    """Run a worker for work in the background, on this or any machine with DATABASE_URL. Arguments go to procrastinate."""
    environment.ensure(places, "base")
    with database(places, _name()) as url, children() as group:
        own = variables(places, url, _mode())
        prepare(places, own, *_ready_steps())
        group.start("worker", web.worker_command(places, arguments), own, places.root)
        tell("The worker waits for work. Stop with Ctrl-C.")
        group.watch()
    return 0


def match(places: Whereabouts, arguments: list[str]) -> int:
    """Match two spreadsheets without a server: --people X --places Y --on 2023-09-01 --out voorstel.xlsx."""
    environment.ensure(places, "base")
    command = [places.python, "-m", "opstap.desks.spreadsheet", "match", *arguments]
    os.execve(command[0], command, plain_variables(places))  # noqa: S606 - the process itself becomes the match: no second start


def roster(places: Whereabouts, arguments: list[str]) -> int:
    """Make a roster from a workbook without a server: --input lavoro.xlsx --from 2023-09-04 --weeks 12 --out rooster.xlsx."""
    environment.ensure(places, "base")
    command = [places.python, "-m", "opstap.desks.spreadsheet", "roster", *arguments]
    os.execve(command[0], command, plain_variables(places))  # noqa: S606 - the process itself becomes the roster: no second start


def import_lists(places: Whereabouts, arguments: list[str]) -> int:
    """Import spreadsheets into the product: --people X --places Y; --help lists the rest."""
    return manage_product(places, ["import_lists", *arguments])


def migrate(places: Whereabouts, arguments: list[str]) -> int:
    """Bring the database up to date with this version of the product."""
    if arguments:
        return manage_product(places, ["migrate", *arguments])
    environment.ensure(places, "base")
    with database(places, _name()) as url:
        prepare(places, variables(places, url, _mode()), "migrate")
    return 0


def manage_product(places: Whereabouts, arguments: list[str]) -> int:
    """Run any management command of Django: ./opstap manage shell."""
    environment.ensure(places, "base")
    with database(places, _name()) as url:
        return manage(places, variables(places, url, _mode()), *arguments)


def backup(places: Whereabouts, arguments: list[str]) -> int:
    """Write the whole database to a file: ./opstap backup [file]. The keys are not in it: keep them elsewhere."""
    environment.ensure(places, "base")
    with database(places, _name()) as url:
        return backups.backup(places, url, arguments)


def restore(places: Whereabouts, arguments: list[str]) -> int:
    """Put a backup back: ./opstap restore file [--replace]. Refuses a database with data unless --replace."""
    environment.ensure(places, "base")
    with database(places, _name()) as url:
        return backups.restore(places, url, arguments)


def check(places: Whereabouts, _arguments: list[str]) -> int:
    """Run every static check: style, types, layers, templates, migrations, translations."""
    environment.ensure(places, "base", "dev")
    return quality.check(places)


def test(places: Whereabouts, arguments: list[str]) -> int:
    """Run the checks and all tests, browser included. With arguments: only pytest, with those arguments."""
    environment.ensure(places, "base", "dev")
    return quality.test(places, arguments)


def bench(places: Whereabouts, arguments: list[str]) -> int:
    """Measure the product against its peers; --help lists the choices."""
    environment.ensure(places, "base", "dev")
    quality.ensure_oracle(places)
    return subprocess.run([places.python, "-m", "bench", *arguments], check=False, env=plain_variables(places), cwd=places.root).returncode


def proof(places: Whereabouts, arguments: list[str]) -> int:
    """Run the long proofs in tests/proof."""
    environment.ensure(places, "base", "dev")
    return quality.proof(places, arguments)


def _mode() -> str:
    return os.environ.get("OPSTAP_MODE", "production")


def _demo_day(*, is_year: bool) -> str:
    """Return the day on which the demonstration takes place: the programme of 2023 has just begun, or the Monday after its first year."""
    return os.environ.get("OPSTAP_TODAY", "2024-09-02" if is_year else "2023-09-01")


def _name() -> str:
    return "opstap_demo" if _mode() == "demo" else "opstap"


def _ready_steps() -> tuple[str, ...]:
    """On our own cluster the tables are brought up to date; on a shared one that is a decision (./opstap migrate)."""
    return ("check",) if is_given() else ("migrate",)
