"""The demonstration's lists, many times as long: each copy has other names, numbers, sites and mentors, and is brought in as any list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from opstap.bridges.spreadsheets.cells import fold
from opstap.config.demonstration import FOLDER

SURNAMES = ("Aelbrecht", "Bogaerde", "Cuypers", "Dhooghe", "Everaert", "Fonteyne", "Goethals", "Hillewaere", "Ingelbeen", "Jonckheere")
"""What is put before a family name, one for each copy after the first."""
MOST = len(SURNAMES) + 1
"""How many times as large the lists can be."""
_TEST_MONTHS = 60
_INSZ_DIGITS = 11
_TELEPHONE_DIGITS = 8
_LATEST_YEAR = 10
"""Years of two digits up to this one are of this century."""
_CHECK = 97

_Cell = Callable[[Any, int], Any]


def write_crowd(folder: Path, size: int, source: Path = FOLDER, first: int = 0) -> Path:
    """Write the lists of `source` into `folder`, `size` times as long (1 to `MOST`), ready for `load_demonstration`; return the folder.

    `first`: the copy to begin with; from 1 on it is a programme beside others, with organisations and staff of its own.
    The same source, size and first give the same cells. Raises ValueError for a size beyond what there are names for.
    """
    if size < 1 or not 0 <= first <= MOST - size:
        msg = f"the lists can be 1 to {MOST} times as long, not {size}"
        raise ValueError(msg)
    copies = range(first, first + size)
    cast = json.loads((source / "programma.json").read_text(encoding="utf-8"))
    (folder / "programma.json").write_text(json.dumps(_cast(cast, copies), ensure_ascii=False), encoding="utf-8")
    (folder / "wijken.json").write_bytes((source / "wijken.json").read_bytes())
    for name, columns in (("leerwerkplekken.xlsx", _PLACES), ("werkzoekenden.xlsx", _PEOPLE)):
        apart = {"Organisatie": lambda cell, _: _beside(cell, first), "KBO": lambda _cell, _: ""} if first else {}
        _copy_workbook(source / name, folder / name, columns | apart, copies)
    return folder


def _cast(cast: dict[str, Any], copies: range) -> dict[str, Any]:
    """Return the programme with its numbers as many times as large, and counsellors for each copy; the other staff is there once."""
    programme, size, first = dict(cast["programme"]), len(copies), copies.start
    if size > 1:
        programme["name"] = f"{programme['name']} x {size}"
    programme["name"] = _beside(programme["name"], first)
    for name in ("target_places", "target_people"):
        programme[name] *= size
    counsellors = [user for user in cast["users"] if user["role"] == "counsellor"]
    more = [
        user | {"name": _called(user["name"], copy), "email": _address(user["email"], copy)} for copy in copies[1:] for user in counsellors
    ]
    users = cast["users"]
    if first:
        users = [user | {"name": _called(user["name"], first), "email": _address(user["email"], first)} for user in users]
    organisations = [each | {"name": _beside(each["name"], first)} for each in cast["organisations"]]
    staff = [user | {"organisation": _beside(user["organisation"], first)} for user in [*users, *more]]
    return cast | {"programme": programme, "organisations": organisations, "users": staff}


def _beside(name: str, first: int) -> str:
    """Return the name of a programme or organisation, another one for what begins with a later copy."""
    return f"{name} ({SURNAMES[first - 1]})" if first else name


def _copy_workbook(source: Path, target: Path, columns: Mapping[str, _Cell], copies: range) -> None:
    """Write each sheet with its rows once for each copy; cells of the named columns are others in every copy but the very first."""
    book = CalamineWorkbook.from_path(str(source))
    with xlsxwriter.Workbook(
        str(target), {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False, "strings_to_urls": False}
    ) as written:
        for name in book.sheet_names:
            header, *rows = book.get_sheet_by_name(name).to_python()
            page = written.add_worksheet(name)
            changed = [columns.get(str(title), _same) for title in header]
            for column, title in enumerate(header):
                page.write(0, column, title)
            for number, (copy, row) in enumerate(((copy, row) for copy in copies for row in rows), start=1):
                for column, (cell, other) in enumerate(zip(row, changed, strict=True)):
                    _write(page, number, column, other(cell, copy) if copy and cell != "" else cell)


def _write(page: Any, row: int, column: int, cell: Any) -> None:  # noqa: ANN401 - xlsxwriter carries no types
    if isinstance(cell, date):
        page.write_datetime(row, column, cell)
    elif cell != "":
        page.write(row, column, cell)


def _same(cell: Any, copy: int) -> Any:  # noqa: ANN401, ARG001 - a cell can hold anything, in every copy the same
    return cell


def _family(cell: Any, copy: int) -> str:  # noqa: ANN401 - a cell can hold anything
    """Return a family name with the copy's own name before it: typing errors of the list stay in it."""
    return f"{SURNAMES[copy - 1]}-{cell}"


def _called(cell: Any, copy: int) -> str:  # noqa: ANN401 - a cell can hold anything
    """Return a first name and family name, of which the family name is another."""
    first, _, family = str(cell).partition(" ")
    return f"{first} {_family(family, copy)}"


def _address(cell: Any, copy: int) -> str:  # noqa: ANN401 - a cell can hold anything
    return str(cell).replace("@", f".{fold(SURNAMES[copy - 1])}@")


def _site(cell: Any, copy: int) -> str:  # noqa: ANN401 - a cell can hold anything
    return f"{cell} {copy + 1}"


def _client_number(cell: Any, copy: int) -> str:  # noqa: ANN401 - a cell can hold anything
    """Return another number, written with as many digits and the same signs between them."""
    digits = re.sub(r"\D", "", str(cell))
    return _rewritten(str(cell), f"{(int(digits) + copy * 6_700_417) % 10 ** len(digits):0{len(digits)}d}")


def _telephone(cell: Any, copy: int) -> str:  # noqa: ANN401 - a cell can hold anything
    """Return a number in the same net of which the last six digits are others; words stay words."""
    digits = re.sub(r"\D", "", str(cell))
    if len(digits) < _TELEPHONE_DIGITS:
        return str(cell)
    return _rewritten(str(cell), f"{digits[:-6]}{(int(digits[-6:]) + copy * 92_821) % 10**6:06d}")


def _rewritten(text: str, digits: str) -> str:
    """Return the text with these digits in the places of its own."""
    following = iter(digits)
    return re.sub(r"\d", lambda _: next(following), text)


def _birth_date(cell: Any, copy: int) -> Any:  # noqa: ANN401 - a cell can hold anything
    """Return a day a few weeks earlier; what is a text in the list becomes a text in the same manner."""
    if isinstance(cell, date):
        return cell - _earlier(copy)
    parts = re.findall(r"\d+", str(cell))
    day, month, year = (int(part) for part in parts)
    form = f"%d-%m-{'%Y' if len(parts[2]) == len('1970') else '%y'}".replace("-", re.sub(r"\d", "", str(cell))[0])
    return (date(_year(year), month, day) - _earlier(copy)).strftime(form)


def _year(written: int) -> int:
    """Return the year of birth that is written with two digits or four."""
    return written if written >= 1900 else written + (2000 if written <= _LATEST_YEAR else 1900)  # noqa: PLR2004 - four digits


def _earlier(copy: int) -> timedelta:
    return timedelta(days=17 * copy)


def _national_number(cell: Any, copy: int) -> str:  # noqa: ANN401 - a cell can hold anything
    """Return the test number (months 61 to 72) of the other birth date; a wrong check number stays as wrong as it was."""
    digits = re.sub(r"\D", "", str(cell))
    if len(digits) != _INSZ_DIGITS:
        return str(cell)
    was = date(_year(int(digits[:2])), int(digits[2:4]) - _TEST_MONTHS, int(digits[4:6]))
    wrong = int(digits[9:]) - _check_number(was, digits[:9])
    born = was - _earlier(copy)
    body = f"{born:%y}{born.month + _TEST_MONTHS}{born:%d}{digits[6:9]}"
    return _rewritten(str(cell), f"{body}{(_check_number(born, body) + wrong) % 100:02d}")


def _check_number(born: date, body: str) -> int:
    """Return the check number: 97 less the rest by 97, with a 2 in front for births from 2000."""
    return _CHECK - int(f"2{body}" if born.year >= 2000 else body) % _CHECK  # noqa: PLR2004 - the century of the number


_PEOPLE: dict[str, _Cell] = {
    "Klantnummer": _client_number,
    "INSZ": _national_number,
    "Naam": _family,
    "Geboortedatum": _birth_date,
    "Gsm": _telephone,
    "E-mail": _address,
    "Trajectbegeleider": _called,
}
_PLACES: dict[str, _Cell] = {"Vestiging": _site, "Mentor": _called, "E-mail": _address}
