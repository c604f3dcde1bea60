"""Messages from the solver's process to its parent: a length of four bytes, then the message. Both ends are this program."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")

Message = tuple[str, Any]
"""("ready", None), ("progress", share), ("result", Result) or ("out_of_memory", None)."""


def write_message(stream: BinaryIO, message: Message) -> None:
    """Write one message and pass it on at once."""
    body = pickle.dumps(message)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


class Inbox:
    """Collects bytes as they come and gives out every message that is complete."""

    def __init__(self) -> None:
        """Start empty."""
        self._bytes = bytearray()

    def take(self, chunk: bytes) -> Iterator[Message]:
        """Yield the messages that the chunk completes; raises pickle's and struct's errors on bytes that are no message."""
        self._bytes += chunk
        while len(self._bytes) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._bytes)[0]
            if len(self._bytes) < end:
                return
            message: Message = pickle.loads(self._bytes[_LENGTH.size : end])  # noqa: S301 - written by our own child process
            del self._bytes[:end]
            yield message
