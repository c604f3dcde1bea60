"""Text messages: one small interface for any provider, and a provider that writes to a folder until a contract is there."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

_MOST_CHARACTERS = 459
"""Three parts of a long text message: what every provider takes."""


class SmsProvider(Protocol):
    """Whoever brings a text message to a mobile phone."""

    def send(self, number: str, text: str, at: datetime) -> str:
        """Send the text to a number (E.164) and return the provider's own reference; raises `SmsFailed`."""


class SmsFailed(Exception):  # noqa: N818 - it reads as what happened
    """The provider did not take the message; the argument says why."""


@dataclass(frozen=True, slots=True)
class FolderProvider:
    """Writes each message as a line of JSON to `<folder>/sms-<day>.jsonl`: for trying out, and for a provider that reads files."""

    folder: Path

    def send(self, number: str, text: str, at: datetime) -> str:
        """Append the message; raises `SmsFailed` for a text that no provider takes or a folder that cannot be written."""
        if len(text) > _MOST_CHARACTERS:
            raise SmsFailed("too_long")
        reference = uuid.uuid4().hex
        line = json.dumps({"reference": reference, "at": at.isoformat(), "to": number, "text": text}, ensure_ascii=False)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / f"sms-{at:%Y-%m-%d}.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise SmsFailed("folder") from error
        return reference


def provider_at(address: str) -> SmsProvider:
    """Return the provider for an address: `folder:<path>`; raises ValueError for one that this product does not know."""
    kind, _, rest = address.partition(":")
    if kind != "folder" or not rest:
        msg = f"unknown SMS provider: {kind}"
        raise ValueError(msg)
    return FolderProvider(Path(rest))


def is_mobile(number: str) -> bool:
    """Tell whether a number can receive text messages, as far as its form says; a number without country code is Belgian."""
    if not number:
        return False
    import phonenumbers  # noqa: PLC0415 - loads 50 ms of metadata

    try:
        parsed = phonenumbers.parse(number, "BE")
    except phonenumbers.NumberParseException:
        return False
    kinds = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    return phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) in kinds
