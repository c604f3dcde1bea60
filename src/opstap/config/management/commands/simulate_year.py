"""`manage simulate_year --seed 1 --days 365 --size 10`: live through a year in the demonstration's programme, and check what must hold."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from opstap.config.demonstration import DAY, load_demonstration
from opstap.config.simulation import Told, broken_promises, simulate
from opstap.config.simulation.crowd import MOST, write_crowd
from opstap.foundation.actor import Channel, system_actor
from opstap.foundation.programmes.queries import own_programmes
from opstap.journey.matching.queries import latest_round

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme


class Command(BaseCommand):
    """Lives through a year."""

    help = "Simulate a year through the product's own operations; never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed, the number of days, how often a round is run, and how many times as large the programme is."""
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--round-every", type=int, default=2, help="weeks between two rounds")
        parser.add_argument("--size", type=int, default=1, help=f"how many times the demonstration's lists (1 to {MOST})")
        parser.add_argument(
            "--once",
            action="store_true",
            help="only when no year was lived here; one that was broken off is removed with all data and lived anew",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Load the programme when it is not there, live, tell every month, and check."""
        if settings.IS_PRODUCTION:
            raise CommandError("A simulated year holds invented people: it does not go into a production database.")
        if not 1 <= options["size"] <= MOST:
            raise CommandError(f"--size is 1 to {MOST}.")
        began = time.monotonic()
        is_new, programme = self._load(options["size"])
        if options["once"] and not is_new:
            if _is_lived(programme, options):
                self.stdout.write("The year was lived already.")
                return
            call_command("flush", interactive=False, verbosity=0)
            _, programme = self._load(options["size"])
        self.stdout.write(f"loaded in {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        told = simulate(
            programme, first=DAY, days=options["days"], seed=options["seed"], round_every=options["round_every"], tell=self._tell
        )
        lived = time.monotonic() - began
        broken = broken_promises(programme, DAY + timedelta(days=options["days"]))
        self.stdout.write(f"{asdict(told)}")
        self.stdout.write(f"lived in {lived:.0f} s, checked in {time.monotonic() - began - lived:.0f} s; promises broken: {len(broken)}")
        if broken:
            raise CommandError("\n".join(broken[:50]))

    def _load(self, size: int) -> tuple[bool, Programme]:
        """Return whether anything was loaded, and the programme."""
        call_command("load_catalogue", verbosity=0)
        with TemporaryDirectory() as folder:
            is_new = load_demonstration(write_crowd(Path(folder), size))
        programme = (
            own_programmes(system_actor("simulation", Channel.COMMAND)).filter(target_people=320 * size).order_by("starts_on").first()
        )
        if programme is None:
            raise CommandError("There is no programme to live in.")
        return is_new, programme

    def _tell(self, on: date, told: Told) -> None:
        """Write a line in the first week of a month."""
        if on.day <= 7:  # noqa: PLR2004 - a week
            text = f"{on}: {told.placements} started, {told.days} days noted, {told.months_closed} months signed, {told.ended} ended"
            self.stdout.write(text)
            self.stdout.flush()


def _is_lived(programme: Programme, options: dict[str, Any]) -> bool:
    """Tell whether a year reached its last weeks: there was a round in them."""
    last = latest_round(programme)
    return last is not None and last.on > DAY + timedelta(days=options["days"] - 7 * (options["round_every"] + 1))
