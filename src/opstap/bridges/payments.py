"""Payment files: a SEPA credit transfer (pain.001.001.09) that a bank reads, and a table that people read."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from stdnum import iban as account_numbers
from stdnum.exceptions import ValidationError

if TYPE_CHECKING:
    from xmlschema import XMLSchema

SCHEMA = "pain.001.001.09"
_SPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"
_OUTSIDE = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")
"""What the banks' common character set does not hold."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, from which account; the bank's code is not needed within Europe."""

    name: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer: `cents` above zero; `reference` comes back on the statement, `text` is what the receiver reads."""

    name: str
    iban: str
    cents: int
    reference: str
    text: str


def account_number(text: str) -> str | None:
    """Return an IBAN in its compact form, or None when it is not one (its check digits tell)."""
    try:
        return str(account_numbers.validate(text))
    except ValidationError:
        return None


def hidden_account(number: str) -> str:
    """Return an account number as it is shown: "BE•• •••• •••• 1234"."""
    return f"{number[:2]}•• •••• •••• {number[-4:]}"


def credit_transfer(payer: Payer, payments: Sequence[Payment], *, pay_on: date, message: str, at: datetime) -> str:
    """Return the transfers as XML that follows its schema; the same input gives the same file, byte for byte.

    `message` names the file for the bank (35 characters at most). Raises ValueError for a payment of nothing, and when the file would not
    follow the schema.
    """
    from sepaxml import SepaTransfer  # noqa: PLC0415 - read when a file is written: it would slow down every start

    if not payments or any(payment.cents <= 0 for payment in payments):
        raise ValueError("a transfer pays more than nothing, to somebody")
    terms = {"name": _plain(payer.name, 70), "IBAN": payer.iban, "currency": "EUR", "batch": True}
    transfer = SepaTransfer(terms | ({"BIC": payer.bic} if payer.bic else {}), schema=SCHEMA, clean=True)
    for payment in payments:
        transfer.add_payment(
            {
                "name": _plain(payment.name, 70),
                "IBAN": payment.iban,
                "amount": payment.cents,
                "execution_date": pay_on,
                "description": _plain(payment.text, 140),
                "endtoend_id": _plain(payment.reference, 35),
            }
        )
    root = _named(transfer.export(validate=False), message, at)
    if (wrong := next(bank_schema().iter_errors(root), None)) is not None:
        raise ValueError(f"the bank would not read the file: {wrong.reason} at {wrong.path}")
    ET.register_namespace("", _SPACE[1:-1])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


@cache
def bank_schema() -> XMLSchema:
    """Return the schema that a file for the bank follows, read once: that takes longer than to check hundreds of payments by it."""
    from xmlschema import XMLSchema  # noqa: PLC0415 - comes with the SEPA library

    with as_file(files("sepaxml") / "schemas" / f"{SCHEMA}.xsd") as path:
        return XMLSchema(path)


def _plain(text: str, length: int) -> str:
    """Return a text in the banks' character set: letters without accents, nothing that a bank refuses."""
    from text_unidecode import unidecode  # noqa: PLC0415 - comes with the SEPA library

    return " ".join(_OUTSIDE.sub(" ", unidecode(text)).split())[:length].strip()


def _named(xml: bytes, message: str, at: datetime) -> ET.Element:
    """Return the document with our own name and time in it, in place of what the library draws by lot."""
    root = ET.fromstring(xml)  # noqa: S314 - the library wrote it a moment before
    _set(root, "MsgId", message)
    _set(root, "CreDtTm", at.strftime("%Y-%m-%dT%H:%M:%S"))
    for number, batch in enumerate(root.iter(f"{_SPACE}PmtInfId"), start=1):
        batch.text = f"{message}-{number}"[-35:]
    return root


def _set(root: ET.Element, name: str, text: str) -> None:
    element = root.find(f".//{_SPACE}{name}")
    if element is not None:
        element.text = text


def payment_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a text file that spreadsheets in Belgium open in columns; no cell can act as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(",", "", 1).isdigit()
