"""All sheets of the workbook, in the order in which a coordinator reads them."""

from __future__ import annotations

from datetime import datetime

from opstap.bridges.spreadsheets.output import OutputSheet
from opstap.desks.spreadsheet.assembly.outcome import Outcome
from opstap.desks.spreadsheet.sheets.not_placed import not_placed_sheet
from opstap.desks.spreadsheet.sheets.places import empty_places_sheet, prices_sheet, prospects_sheet
from opstap.desks.spreadsheet.sheets.problems import duplicates_sheet, problems_sheet
from opstap.desks.spreadsheet.sheets.proposals import proposals_sheet
from opstap.desks.spreadsheet.sheets.read_me import read_me_sheet
from opstap.desks.spreadsheet.sheets.speaker import Speaker


def sheets_of(outcome: Outcome, language: str, *, version: str, at: datetime) -> tuple[OutputSheet, ...]:
    """Return the read-me, the proposals, and everything that did not become a proposal; `at` is the moment it was made."""
    say = Speaker(language)
    return (
        read_me_sheet(outcome, say, version=version, at=at),
        proposals_sheet(outcome, say),
        not_placed_sheet(outcome, say),
        empty_places_sheet(outcome, say),
        prices_sheet(outcome, say),
        prospects_sheet(outcome, say),
        problems_sheet(outcome.matched, say),
        duplicates_sheet(outcome.matched, say),
    )
