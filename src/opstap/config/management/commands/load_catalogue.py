"""`manage load_catalogue`: bring the competences of plans and evaluations up to date with this version."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from opstap.foundation.actor import Channel, system_actor
from opstap.foundation.clock import now
from opstap.journey.plans.operations import load_catalogue


class Command(BaseCommand):
    """Loads what changed; a second run changes nothing, and what programmes added themselves stays."""

    help = "Bring the catalogue of competences up to date with this version; runs after every migrate."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Load, and say how many changed."""
        changed = load_catalogue(by=system_actor("catalogue", Channel.COMMAND), at=now())
        if options["verbosity"]:
            self.stdout.write(f"Competences changed: {changed}.")
