"""`roster`: one workbook in, one workbook with an explained roster out, without a server, a database or a network."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from opstap.bridges.spreadsheets.output import write_sheets
from opstap.bridges.spreadsheets.problems import FileRefused
from opstap.bridges.spreadsheets.roster import read_roster_input, read_shifts
from opstap.desks.spreadsheet.arguments import language_of
from opstap.desks.spreadsheet.assembly.notes import as_reason
from opstap.desks.spreadsheet.assembly.roster_outcome import RosterOutcome, make_roster
from opstap.desks.spreadsheet.assembly.roster_problem import CRITERIA, RosterInput, RosterOptions, build_roster_input
from opstap.desks.spreadsheet.geography import MIDDENKUST, read_atlas
from opstap.desks.spreadsheet.progress import ProgressBar
from opstap.desks.spreadsheet.sheets.roster_workbook import roster_sheets
from opstap.engine.shared import Reason, Refused
from opstap.ui.catalogue import compile_catalogue
from opstap.ui.words import fill, say, translate

DONE, REFUSED = 0, 1
_MOST_WEEKS = 52
_OUTPUT_KINDS = (".xlsx", ".csv", ".zip")


@dataclass(frozen=True, slots=True)
class RosterArguments:
    """What `roster` was asked: the workbook, what was published, the result file, the options, the map, the language."""

    input: Path
    published: Path | None
    out: Path
    options: RosterOptions
    neighbourhoods: Path
    language: str


def main(argv: Sequence[str]) -> int:
    """Run `roster` with the words after it and return the exit code; an expected "no" is said in plain words."""
    compile_catalogue()
    language = language_of(argv)
    try:
        return _roster(parse(argv, language))
    except Refused as refusal:
        _say(say(refusal.reason, language), sys.stderr)
        return REFUSED


def parse(argv: Sequence[str], language: str) -> RosterArguments:
    """Return the arguments; raises Refused for a value that cannot be used, SystemExit(2) for a missing one."""
    given = _parser(language).parse_args(argv)
    out = Path(given.out)
    if out.suffix.lower() not in _OUTPUT_KINDS:
        raise Refused(Reason("spreadsheet.out_kind", {"file": out.name}))
    if not 1 <= given.weeks <= _MOST_WEEKS:
        raise Refused(Reason("rostering.weeks_range", {"found": given.weeks}))
    if given.repair and not given.published:
        raise Refused(Reason("rostering.repair_of_nothing"))
    options = RosterOptions(_monday(given.start), given.weeks, _order(given.order), given.seed, given.seconds, given.repair)
    published = Path(given.published) if given.published else None
    return RosterArguments(Path(given.input), published, out, options, Path(given.neighbourhoods), given.lang)


def _parser(language: str) -> argparse.ArgumentParser:
    def say_it(text: str) -> str:
        return translate(text, language)

    parser = argparse.ArgumentParser(
        prog="opstap roster", description=say_it("One workbook in, one workbook with an explained roster out. Nothing is sent anywhere.")
    )
    parser.add_argument("--input", required=True, metavar="FILE", help=say_it("workbook with workers, demand, coaches and absences"))
    parser.add_argument("--from", dest="start", required=True, metavar="YYYY-MM-DD", help=say_it("the Monday on which the roster begins"))
    parser.add_argument("--weeks", type=int, default=12, help=say_it("number of weeks"))
    parser.add_argument("--out", required=True, metavar="FILE", help=say_it("the result: .xlsx, .csv or .zip"))
    parser.add_argument("--published", metavar="FILE", help=say_it("an earlier result: differences from it cost points and are listed"))
    parser.add_argument("--repair", action="store_true", help=say_it("keep what was published and change only what has to"))
    parser.add_argument(
        "--order", default=",".join(CRITERIA), help=say_it("what counts first, with commas: {names}").format(names=",".join(CRITERIA))
    )
    parser.add_argument("--seconds", type=float, default=30.0, help=say_it("how long to search"))
    parser.add_argument(
        "--neighbourhoods", default=str(MIDDENKUST), metavar="FILE", help=say_it("centres of neighbourhoods (JSON), when not Middenkust")
    )
    parser.add_argument("--seed", type=int, default=0, help=say_it("the number of the lot that decides between equals"))
    parser.add_argument("--lang", choices=("nl", "en"), default=language, help=say_it("language of the result"))
    return parser


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Refused(Reason("spreadsheet.bad_date", {"found": text})) from error
    if day.weekday():
        raise Refused(Reason("rostering.not_a_monday", {"found": day.isoformat()}))
    return day


def _order(text: str) -> tuple[str, ...]:
    order = tuple(name.strip() for name in text.split(",") if name.strip())
    if strange := [name for name in order if name not in CRITERIA]:
        raise Refused(Reason("spreadsheet.bad_order", {"found": tuple(strange), "allowed": CRITERIA}))
    if len(set(order)) != len(order):
        raise Refused(Reason("spreadsheet.order_repeats", {"order": text}))
    return order


def _roster(asked: RosterArguments) -> int:
    progress = ProgressBar(sys.stderr, asked.language, time.monotonic)
    try:
        progress(0.0, "reading")
        outcome = make_roster(_read(asked), progress)
        progress(0.0, "writing")
        sheets = roster_sheets(outcome, asked.language, at=datetime.now(UTC).astimezone())
        written = write_sheets(asked.out, sheets, title="Opstap", at=datetime.now(UTC))
    except OSError as error:
        raise Refused(Reason("spreadsheet.out_closed", {"file": asked.out.name})) from error
    finally:
        progress.clear()
    _tell(outcome, asked, [str(path) for path in written])
    return DONE


def _read(asked: RosterArguments) -> RosterInput:
    """Return the input; a file that cannot be read is refused by its name."""
    reading = asked.input.name
    try:
        workbook = read_roster_input(asked.input, filename=reading, on=asked.options.start)
        published = None
        if asked.published:
            reading = asked.published.name
            published = read_shifts(asked.published, filename=reading)
    except FileRefused as refusal:
        why = say(as_reason(refusal.problem), asked.language)
        raise Refused(Reason("spreadsheet.in_file", {"file": reading, "why": why})) from refusal
    return build_roster_input(workbook, asked.options, read_atlas(asked.neighbourhoods), published)


def _tell(outcome: RosterOutcome, asked: RosterArguments, written: Sequence[str]) -> None:
    result = outcome.result
    facts = {
        "shifts": len(result.shifts),
        "cost": result.cost,
        "bound": result.bound,
        "share": f"{outcome.gap * 100:.1f}",
        "status": say(Reason(f"rostering.status_{result.status.value}"), asked.language),
        "files": ", ".join(written),
    }
    text = translate(
        "{shifts} shifts, cost {cost}, proven not below {bound} ({status}; at most {share} % of what can be avoided is left): {files}",
        asked.language,
    )
    _say(fill(text, facts), sys.stdout)


def _say(text: str, stream: TextIO) -> None:
    stream.write(text + "\n")
