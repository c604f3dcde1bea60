"""Runs inside the environment: brings texts, tables and demo data up to date in one process. `python -m door.inside migrate static`."""

from __future__ import annotations

import gc
import sys

import django
from django.core.management import call_command

from opstap.ui.catalogue import compile_catalogue


def check() -> None:
    """Stop with an error when the tables are behind this version."""
    call_command("migrate", check_unapplied=True, verbosity=0)


def migrate() -> None:
    """Bring the tables up to date, the table of the cache, and the catalogue of competences that comes with the product."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_catalogue", verbosity=0)


def static() -> None:
    """Gather and compress the files that the web server sends as they are."""
    call_command("collectstatic", interactive=False, verbosity=0)


def demo() -> None:
    """Load the demonstration programme when it is not there yet."""
    call_command("load_demo")


def year() -> None:
    """Live through the first year of the demonstration programme when that has not been done yet: some minutes, once."""
    call_command("simulate_year", once=True)


def logins() -> None:
    """Print the one-click logins of the demonstration, at the address that it will have."""
    call_command("demo_logins")


STEPS = {"check": check, "migrate": migrate, "static": static, "demo": demo, "year": year, "logins": logins}


def main(steps: list[str]) -> None:
    """Compile the texts and take the steps in order."""
    gc.set_threshold(50_000)  # describing a hundred tables anew for each step makes little rubbish and much to look through
    compile_catalogue()
    django.setup()
    for step in steps:
        STEPS[step]()


if __name__ == "__main__":
    main(sys.argv[1:])
