"""`manage load_demo`: load the Oostende 2023 programme with invented people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from opstap.config.demonstration import load_demonstration


class Command(BaseCommand):
    """Loads the demonstration once; a second run adds nothing."""

    help = "Load the demonstration programme when it is not there yet; never in production."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Load, and say whether there was anything to load."""
        if settings.IS_PRODUCTION:
            raise CommandError("The demonstration holds invented people: it does not go into a production database.")
        loaded = load_demonstration()
        if options["verbosity"]:
            self.stdout.write("The demonstration is loaded." if loaded else "The demonstration was already loaded.")
