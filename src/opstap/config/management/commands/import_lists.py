"""`manage import_lists --people x.xlsx --places y.xlsx`: bring lists into the product from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.foundation.actor import Channel, system_actor
from opstap.foundation.programmes.queries import own_programmes
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.operations import apply_rows, upload_list
from opstap.journey.imports.queries.batches import batch_counts
from opstap.ui.words import say


class Command(BaseCommand):
    """Imports lists of places and people; what needs a person's eye waits in the browser."""

    help = "Import spreadsheets of job seekers and places. Rows in error and probable duplicates wait on the coordinator's page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, the programme and the day of the lists."""
        parser.add_argument("--people", type=Path, help="list of job seekers (xlsx, xls, ods or csv)")
        parser.add_argument("--places", type=Path, help="list of work-learning places and mentors")
        parser.add_argument("--programme", help="name of the programme; may be left out when there is only one")
        parser.add_argument("--on", type=date.fromisoformat, help="day on which the lists were right (2023-09-01); default today")
        parser.add_argument("--preview", action="store_true", help="only look: nothing is applied")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002 - Django's signature
        """Import places first, so that hosts are known, then people."""
        lists = [(kind, path) for kind, path in ((ListKind.PLACES, options["places"]), (ListKind.PEOPLE, options["people"])) if path]
        if not lists:
            raise CommandError("Name at least one list: --people file.xlsx or --places file.xlsx")
        for kind, path in lists:
            try:
                self._bring_in(kind, path, options)
            except Refused as refused:
                raise CommandError(f"{path}: {say(refused.reason)}") from refused
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error

    def _bring_in(self, kind: ListKind, path: Path, options: dict[str, Any]) -> None:
        by, at = system_actor("import", Channel.COMMAND), clock.now()
        programmes = own_programmes(by).filter(**({"name": options["programme"]} if options["programme"] else {}))
        if len(programmes) != 1:
            known = ", ".join(programme.name for programme in own_programmes(by)) or "-"
            raise CommandError(f"Name the programme with --programme. Programmes here: {known}")
        as_of = options["on"] or clock.today()
        batch = upload_list(programme=programmes[0], kind=kind, data=path.read_bytes(), filename=path.name, as_of=as_of, by=by, at=at)
        while not options["preview"] and apply_rows(batch=batch, by=by, at=at):
            pass
        counts = ", ".join(f"{status} {count}" for status, count in sorted(batch_counts(by, batch).items()))
        self.stdout.write(f"{path.name}: {counts}")
