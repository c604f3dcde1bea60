"""What never stands in a log: the token of a link, in whatever address it came."""

from __future__ import annotations

import logging
import re

_AFTER_ITS_SIGN = re.compile(r"(?<=/[vt]/)[^/\s?#\"']+")
_TOKEN = re.compile(r"(?<=[/=])(?![0-9a-f]{8}-[0-9a-f]{4}-)[A-Za-z0-9_-]{20,}(?=[/\s?#&\"']|$)")
MASK = "…"


def masked(text: str) -> str:
    """Return a text without the tokens of links: what follows /v/ or /t/ in an address, and every part as long as a token.

    Ids stay: they open nothing.
    """
    return _TOKEN.sub(MASK, _AFTER_ITS_SIGN.sub(MASK, text))


class WithoutTokens(logging.Filter):
    """Masks the tokens in the message of a record; the record goes on with the message alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record, and let it through."""
        record.msg, record.args = masked(record.getMessage()), None
        return True
