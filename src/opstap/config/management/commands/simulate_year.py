"""`manage simulate_year --seed 1 --days 365 --size 10 --worlds 2`: live through a year in the demonstration, and check what must hold."""

from __future__ import annotations

import time
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from opstap.config.demonstration import DAY
from opstap.config.simulation import Told, broken_promises
from opstap.config.simulation.cast import NIGHT
from opstap.config.simulation.crowd import MOST
from opstap.config.simulation.lives import digest, lives
from opstap.config.simulation.telling import Stand, begin, end, stand
from opstap.config.simulation.together import load_worlds, simulate_together
from opstap.foundation.programmes.queries import own_programmes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opstap.foundation.programmes.models import Programme


class Command(BaseCommand):
    """Lives through a year."""

    help = "Simulate a year through the product's own operations; never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed, the number of days, how often a round is run, how many times as large it is, and in how many programmes."""
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--round-every", type=int, default=2, help="weeks between two rounds")
        parser.add_argument("--size", type=int, default=1, help=f"how many times the demonstration's lists (1 to {MOST})")
        parser.add_argument("--worlds", type=int, default=1, help="in how many programmes, each lived in a process of its own")
        parser.add_argument("--once", action="store_true", help="only when no year was lived here; one that was broken off is lived anew")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Load the programmes when they are not there, live, tell every month, and check."""
        if settings.IS_PRODUCTION:
            raise CommandError("A simulated year holds invented people: it does not go into a production database.")
        if not 1 <= options["worlds"] <= options["size"] <= MOST:
            raise CommandError(f"--size is 1 to {MOST}, --worlds 1 to the size.")
        began = time.monotonic()
        programmes = self._load(options)
        if programmes is None:
            return
        self.stdout.write(f"loaded in {time.monotonic() - began:.0f} s")
        began, until = time.monotonic(), DAY + timedelta(days=options["days"])
        begin(programmes[0], DAY, until)
        terms = {"days": options["days"], "seed": options["seed"], "round_every": options["round_every"]}
        told = simulate_together(programmes, first=DAY, tell=self._tell, **terms)
        end(programmes[0], until)
        lived = time.monotonic() - began
        broken = [line for programme in programmes for line in broken_promises(programme, until)]
        self.stdout.write(f"{asdict(told)}")
        self.stdout.write(f"lived in {lived:.0f} s, checked in {time.monotonic() - began - lived:.0f} s; promises broken: {len(broken)}")
        for programme in programmes:
            self.stdout.write(f"{programme.name}: lives {digest(lives(programme, DAY, until))}")
        if broken:
            raise CommandError("\n".join(broken[:50]))

    def _load(self, options: dict[str, Any]) -> Sequence[Programme] | None:
        """Return the programmes to live in; None when there is nothing to do, since their year was lived already."""
        call_command("load_catalogue", verbosity=0)
        sizes = [
            options["size"] // options["worlds"] + (number < options["size"] % options["worlds"]) for number in range(options["worlds"])
        ]
        is_new, programmes = load_worlds(sizes)
        if not options["once"] or is_new:
            return programmes
        how = stand(programmes[0], DAY + timedelta(days=options["days"]))
        if how is Stand.LIVED:
            self.stdout.write("The year was lived already.")
            return None
        if how is Stand.BROKEN_OFF:
            if own_programmes(NIGHT).count() > len(programmes):
                raise CommandError(
                    "A year was broken off here, but other programmes are here too: nothing is removed. Use an empty database."
                )
            self.stdout.write("A year was broken off here: what is left of it is removed, and it is lived anew.")
            call_command("flush", interactive=False, verbosity=0)
            call_command("load_catalogue", verbosity=0)
            programmes = load_worlds(sizes)[1]
        return programmes

    def _tell(self, on: date, told: Told) -> None:
        """Write a line in the first week of a month."""
        if on.day <= 7:  # noqa: PLR2004 - a week
            text = f"{on}: {told.placements} started, {told.days} days noted, {told.months_closed} months signed, {told.ended} ended"
            self.stdout.write(text)
            self.stdout.flush()
