"""Reading the rates that come with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.engine.costing.rates import RateBook

RATES = Path(__file__).resolve().parent / "rates.yaml"


def read_rates(path: Path) -> RateBook:
    """Return the book of a file of rates; raises RateError naming the rate that is wrong and what may stand there."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return RateBook.from_json(document["rates"])


@cache
def load_rates() -> RateBook:
    """Return the rates that come with the product, read once from `rates.yaml`."""
    return read_rates(RATES)
