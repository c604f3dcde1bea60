"""The command line of the route without a server, read into options; every mistake gets a sentence, not a trace."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from opstap.desks.spreadsheet.assembly.round import CRITERIA, RoundOptions
from opstap.desks.spreadsheet.geography import MIDDENKUST
from opstap.engine.shared import Reason, Refused
from opstap.engine.shared.vocabulary import INSTRUMENTS
from opstap.ui.words import translate

_OUTPUT_KINDS = (".xlsx", ".csv", ".zip")


@dataclass(frozen=True, slots=True)
class MatchArguments:
    """What `match` was asked: two lists, a result file, the options of the round, where neighbourhoods lie, the language."""

    people: Path
    places: Path
    out: Path
    options: RoundOptions
    neighbourhoods: Path
    language: str


def parse(argv: Sequence[str], language: str) -> MatchArguments:
    """Return the arguments; raises Refused for a value that cannot be used, and SystemExit(2) as argparse does for a missing one."""
    given = _parser(language).parse_args(argv)
    out = Path(given.out)
    if out.suffix.lower() not in _OUTPUT_KINDS:
        raise Refused(Reason("spreadsheet.out_kind", {"file": out.name}))
    options = RoundOptions(_day(given.on), _order(given.order), _instruments(given.instrument), given.seed)
    return MatchArguments(Path(given.people), Path(given.places), out, options, Path(given.neighbourhoods), given.lang)


def language_of(argv: Sequence[str]) -> str:
    """Return the language asked for, before anything else is read: mistakes are told in it too."""
    for index, word in enumerate(argv):
        chosen = (
            word.partition("=")[2] if word.startswith("--lang=") else argv[index + 1] if word == "--lang" and index + 1 < len(argv) else ""
        )
        if chosen in {"nl", "en"}:
            return chosen
    return "nl"


def _parser(language: str) -> argparse.ArgumentParser:
    def say(text: str) -> str:
        return translate(text, language)

    parser = argparse.ArgumentParser(
        prog="opstap match", description=say("Two lists in, one workbook of explained proposals out. Nothing is sent anywhere.")
    )
    parser.add_argument("--people", required=True, metavar="FILE", help=say("list of job seekers (.xlsx, .xls, .ods, .csv)"))
    parser.add_argument("--places", required=True, metavar="FILE", help=say("list of places, with a sheet of mentors if you have one"))
    parser.add_argument("--on", required=True, metavar="YYYY-MM-DD", help=say("the day for which the rules are read"))
    parser.add_argument(
        "--out", required=True, metavar="FILE", help=say("the result: .xlsx (one workbook), .csv or .zip (one file per sheet)")
    )
    parser.add_argument(
        "--order", default=",".join(CRITERIA), help=say("what counts first, with commas: {names}").format(names=",".join(CRITERIA))
    )
    parser.add_argument("--instrument", action="append", help=say("only this instrument; may be given more than once"))
    parser.add_argument(
        "--neighbourhoods", default=str(MIDDENKUST), metavar="FILE", help=say("centres of neighbourhoods (JSON), when not Middenkust")
    )
    parser.add_argument("--seed", type=int, default=0, help=say("the number of the lot that decides between equals"))
    parser.add_argument("--lang", choices=("nl", "en"), default=language, help=say("language of the result"))
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(Reason("spreadsheet.bad_date", {"found": text})) from error


def _order(text: str) -> tuple[str, ...]:
    order = tuple(name.strip() for name in text.split(",") if name.strip())
    if strange := [name for name in order if name not in CRITERIA]:
        raise Refused(Reason("spreadsheet.bad_order", {"found": tuple(strange), "allowed": CRITERIA}))
    if len(set(order)) != len(order):
        raise Refused(Reason("spreadsheet.order_repeats", {"order": text}))
    if "placed" not in order:
        raise Refused(Reason("spreadsheet.order_without_placed"))
    return order


def _instruments(names: Sequence[str] | None) -> tuple[str, ...]:
    for name in names or ():
        if name not in INSTRUMENTS:
            raise Refused(Reason("spreadsheet.bad_instrument", {"found": name, "allowed": INSTRUMENTS}))
    return tuple(names or INSTRUMENTS)
