"""What a letter says. Every text is data: the template never reads it as markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the organisation's name and the lines under it (address, telephone, hours)."""

    name: str
    lines: tuple[str, ...]
    product: str = "Opstap"


@dataclass(frozen=True, slots=True)
class Answer:
    """How the reader can answer: by the link (drawn as QR code), by typing the short code, by telephone, at the desk.

    `ways` are whole sentences, one per door; `code` is the short code as people copy it, "7KQ4-XM2P".
    """

    title: str
    url: str
    ways: tuple[str, ...]
    code: str
    code_label: str
    qr_words: str


@dataclass(frozen=True, slots=True)
class LetterData:
    """One letter. `recipient` are the lines of the address (at most six fit the window); `written_on` dates the file too.

    `facts` answer what, where, when as (label, text); `reasons` answer why; `map_svg` is a drawing, `map_words` its text alternative.
    """

    title: str
    sender: Sender
    recipient: tuple[str, ...]
    place_and_date: str
    written_on: date
    salutation: str
    paragraphs: tuple[str, ...]
    closing: tuple[str, ...]
    box_title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    reasons_title: str = ""
    reasons: tuple[str, ...] = ()
    answer: Answer | None = None
    after: tuple[str, ...] = ()
    map_svg: str = ""
    map_words: str = ""
    reference: str = ""
    footer: str = ""
    language: str = "nl"

    def __post_init__(self) -> None:
        """Raise ValueError for what cannot be sent or read: no title, an address that misses or overflows, a drawing without words."""
        if not self.title.strip():
            msg = "a letter needs a title: screen readers announce it first"
            raise ValueError(msg)
        if not 1 <= len(self.recipient) <= MOST_ADDRESS_LINES:
            msg = f"the window of the envelope shows 1 to {MOST_ADDRESS_LINES} lines of address, not {len(self.recipient)}"
            raise ValueError(msg)
        if self.map_svg and not self.map_words:
            msg = "a map needs its words for who cannot see it"
            raise ValueError(msg)


MOST_ADDRESS_LINES = 6
"""Lines of address that stay within the window."""
