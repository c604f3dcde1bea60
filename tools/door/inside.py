"""Runs inside the environment: brings texts, tables and demo data up to date in one process. `python -m door.inside migrate demo`."""

from __future__ import annotations

import sys

import django
from django.core.management import call_command

from opstap.ui.catalogue import compile_catalogue

STEPS = {
    "check": lambda: call_command("migrate", check_unapplied=True, verbosity=0),
    "migrate": lambda: call_command("migrate", interactive=False, verbosity=0),
    "demo": lambda: call_command("load_demo"),
}


def main(steps: list[str]) -> None:
    """Compile the texts and take the steps in order."""
    compile_catalogue()
    django.setup()
    for step in steps:
        STEPS[step]()


if __name__ == "__main__":
    main(sys.argv[1:])
