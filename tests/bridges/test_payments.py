"""The file for the bank: the same input gives the same bytes, and what the bank would not read is not written."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from opstap.bridges.payments import Payer, Payment, bank_schema, credit_transfer

PAYER = Payer("Stad", "BE62510007547061")
AT = datetime(2023, 10, 2, 9)  # noqa: DTZ001 - written as it is, in local time
PAYMENTS = [Payment("Zoë Ăpostol", "BE71096123456769", 4160, "202309-1-1", "Vergoeding 09/2023")]


def written(payments: list[Payment], message: str = "OPSTAP-202309-1", iban: str = PAYER.iban) -> str:
    """Return the file."""
    return credit_transfer(Payer("Stad", iban), payments, pay_on=date(2023, 10, 6), message=message, at=AT)


def test_file_is_the_same_every_time() -> None:
    """Nothing in it is drawn by lot: written twice it is the same, and follows the schema."""
    file = written(PAYMENTS)
    assert (file, bank_schema().is_valid(file)) == (written(PAYMENTS), True)


def test_names_are_written_in_letters_that_banks_read() -> None:
    """Accents go, the amount is in euro."""
    file = written(PAYMENTS)
    assert ("<Nm>Zoe Apostol</Nm>" in file, '<InstdAmt Ccy="EUR">41.60</InstdAmt>' in file) == (True, True)


@pytest.mark.parametrize(("message", "iban"), [("a name longer than the banks read: 35", PAYER.iban), ("OPSTAP", "BE62 5100")])
def test_file_that_the_bank_would_not_read_is_not_written(message: str, iban: str) -> None:
    """A name that is too long and an account that is none are found before the bank finds them."""
    with pytest.raises(ValueError, match="would not read"):
        written(PAYMENTS, message, iban)


@pytest.mark.parametrize("payments", [[], [Payment("Zoë", "BE71096123456769", 0, "1", "Vergoeding")]])
def test_transfer_of_nothing_is_not_written(payments: list[Payment]) -> None:
    """To nobody, or of no amount."""
    with pytest.raises(ValueError, match="more than nothing"):
        written(payments)
