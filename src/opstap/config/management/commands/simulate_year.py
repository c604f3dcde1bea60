"""`manage simulate_year --seed 1 --days 365`: live through a year in the demonstration's programme, and check what must hold after it."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from opstap.config.demonstration import DAY, load_demonstration
from opstap.config.simulation import Told, broken_promises, simulate
from opstap.foundation.actor import Channel, system_actor
from opstap.foundation.programmes.queries import own_programmes


class Command(BaseCommand):
    """Lives through a year."""

    help = "Simulate a year through the product's own operations; never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed, the number of days and how often a round is run."""
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--round-every", type=int, default=2, help="weeks between two rounds")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Load the programme when it is not there, live, tell every week, and check."""
        if settings.IS_PRODUCTION:
            raise CommandError("A simulated year holds invented people: it does not go into a production database.")
        call_command("load_catalogue", verbosity=0)
        load_demonstration()
        programme = own_programmes(system_actor("simulation", Channel.COMMAND)).order_by("starts_on").first()
        if programme is None:
            raise CommandError("There is no programme to live in.")
        began = time.monotonic()
        told = simulate(
            programme, first=DAY, days=options["days"], seed=options["seed"], round_every=options["round_every"], tell=self._tell
        )
        broken = broken_promises(programme, DAY + timedelta(days=options["days"]))
        self.stdout.write(f"{asdict(told)}")
        self.stdout.write(f"lived in {time.monotonic() - began:.0f} s; promises broken: {len(broken)}")
        if broken:
            raise CommandError("\n".join(broken[:50]))

    def _tell(self, on: date, told: Told) -> None:
        self.stdout.write(f"{on}: {told.placements or told.agreements} agreements, {told.days} days, {told.ended} ended")
