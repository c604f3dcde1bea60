"""Every page of the table as each of its visitors sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from tests.house.access.addresses import addresses, filled
from tests.house.access.table import ANYBODY, TABLE, Row
from tests.house.access.visitors import World


@dataclass(frozen=True)
class Seen:
    """A page: the row, who looked, where, and the answer."""

    row: Row
    who: str
    address: str
    answer: HttpResponse

    @property
    def is_html(self) -> bool:
        """Whether it is a page, rather than a redirect or a file."""
        return self.answer.status_code == 200 and self.answer.headers.get("Content-Type", "").startswith("text/html")

    @property
    def text(self) -> str:
        """The page as text."""
        return str(self.answer.content.decode())

    def __str__(self) -> str:
        return f"{self.row.name} for {self.who}"


def allowed(row: Row) -> tuple[str, ...]:
    """Return who may see the row's page; of anybody, a stranger and two who are logged in."""
    return ("anonymous", "coordinator", "host") if row.get == ANYBODY else tuple(row.get.split())


def pages(world: World, *, everybody: bool = True) -> Iterator[Seen]:
    """Yield the own side's pages, for all who may see them or only for the first of them."""
    for row in TABLE:
        if row.name in addresses() and row.get:
            address = filled(row, world.own)
            for who in allowed(row) if everybody else allowed(row)[:1]:
                yield Seen(row, who, address, world.browsers[who].get(address))
