"""`match`: two lists in, one workbook of explained proposals out, without a server, a database or a network."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import TextIO

from opstap.bridges.spreadsheets.output import write_sheets
from opstap.bridges.spreadsheets.people import read_people
from opstap.bridges.spreadsheets.places import read_places
from opstap.bridges.spreadsheets.problems import FileRefused
from opstap.desks.spreadsheet import roster_command
from opstap.desks.spreadsheet.arguments import MatchArguments, language_of, parse
from opstap.desks.spreadsheet.assembly.notes import as_reason
from opstap.desks.spreadsheet.assembly.outcome import Outcome, run
from opstap.desks.spreadsheet.assembly.round import build_round
from opstap.desks.spreadsheet.geography import read_atlas
from opstap.desks.spreadsheet.progress import ProgressBar
from opstap.desks.spreadsheet.sheets.workbook import sheets_of
from opstap.engine.shared import Reason, Refused
from opstap.ui.catalogue import compile_catalogue
from opstap.ui.words import fill, say, translate

DONE, REFUSED, WRONG_USE = 0, 1, 2
"""Exit codes: the result is written; a list or an option was refused, with the reason; the command line is incomplete."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; an expected "no" is said in plain words on the error stream."""
    words = list(sys.argv[1:] if argv is None else argv)
    compile_catalogue()
    language = language_of(words)
    if words[:1] == ["roster"]:
        return roster_command.main(words[1:])
    if words[:1] != ["match"]:
        _say(translate("Use: match --people FILE --places FILE --on YYYY-MM-DD --out FILE (see match --help)", language), file=sys.stderr)
        return WRONG_USE
    try:
        return _match(parse(words[1:], language))
    except Refused as refusal:
        _say(say(refusal.reason, language), file=sys.stderr)
        return REFUSED


def _say(text: str, file: TextIO | None = None) -> None:
    (file or sys.stdout).write(text + "\n")


def _match(asked: MatchArguments) -> int:
    progress = ProgressBar(sys.stderr, asked.language, time.monotonic)
    try:
        outcome = _outcome(asked, progress)
        progress(0.0, "writing")
        sheets = sheets_of(outcome, asked.language, version=_version(), at=datetime.now(UTC).astimezone())
        written = write_sheets(asked.out, sheets, title="Opstap", at=datetime.now(UTC))
    except OSError as error:
        raise Refused(Reason("spreadsheet.out_closed", {"file": asked.out.name})) from error
    finally:
        progress.clear()
    _tell(outcome, asked, [str(path) for path in written])
    return DONE


def _outcome(asked: MatchArguments, progress: ProgressBar) -> Outcome:
    """Return the outcome of the two lists; a file that cannot be read is refused by its name, so that one knows which."""
    on, reading = asked.options.on, asked.people.name
    progress(0.0, "reading")
    try:
        people = read_people(asked.people, filename=asked.people.name, on=on)
        reading = asked.places.name
        places = read_places(asked.places, filename=asked.places.name, on=on)
    except FileRefused as refusal:
        why = say(as_reason(refusal.problem), asked.language)
        raise Refused(Reason("spreadsheet.in_file", {"file": reading, "why": why})) from refusal
    return run(build_round(people, places, asked.options, read_atlas(asked.neighbourhoods), progress), progress)


def _tell(outcome: Outcome, asked: MatchArguments, written: Sequence[str]) -> None:
    placed, people = len(outcome.result.assignments), len(outcome.matched.people)
    text = translate(
        "{placed} of {people} people can start, {problems} {problems:cell or row needs|cells or rows need} a look: {files}", asked.language
    )
    _say(fill(text, {"placed": placed, "people": people, "problems": len(outcome.matched.notes), "files": ", ".join(written)}))


def _version() -> str:
    try:
        return installed_version("opstap")
    except PackageNotFoundError:
        return "0.1.0"
