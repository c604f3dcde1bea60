"""`manage demo_logins --address http://…`: print one login per role for the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from opstap.desks.public.accounts.views import one_click_logins


class Command(BaseCommand):
    """Prints the one-click logins."""

    help = "Print a login address per role; only in the demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of the running product."""
        parser.add_argument("--address", default=settings.PUBLIC_URL)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Print role, name and address."""
        if not settings.DEMO_LOGINS:
            raise CommandError("One-click logins exist only in the demonstration.")
        for one in one_click_logins():
            self.stdout.write(f"  {one.role_name:<20} {one.name:<24} {options['address'].rstrip('/')}{one.url}")
