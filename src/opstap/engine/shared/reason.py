"""A reason: the machine-readable form of every "no" and every "why"; put into words by `opstap.ui.words`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FACTS_ARE_SCALARS = "a reason's facts are plain scalars or lists of scalars, so that they can be stored and replayed"
Scalar = str | int | float | bool | None
FactValue = Scalar | tuple[Scalar, ...]
_KINDS = frozenset({str, int, float, bool, tuple, type(None)})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so, or is refused.

    `code` is "<room or engine>.<snake_case>", `facts` fill the placeholders of its text, `reference` names the law or document.
    """

    code: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    reference: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a malformed code and TypeError for facts that cannot be stored as JSON."""
        if "." not in self.code or self.code != self.code.strip():
            msg = f"a reason code reads '<room>.<why>', not {self.code!r}"
            raise ValueError(msg)
        for value in self.facts.values():
            if type(value) not in _KINDS and not isinstance(value, tuple(_KINDS)):
                raise TypeError(_FACTS_ARE_SCALARS)

    def __hash__(self) -> int:
        """Two reasons with the same code and facts are the same reason."""
        return hash((self.code, frozenset(self.facts.items()), self.reference))

    def as_json(self) -> dict[str, Any]:
        """Return the reason as JSON-ready data; `from_json` is its exact inverse."""
        facts = {name: list(value) if isinstance(value, tuple) else value for name, value in self.facts.items()}
        return {"code": self.code, "facts": facts, "reference": self.reference}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reason:
        """Return the reason that `as_json` wrote."""
        facts = {name: tuple(value) if isinstance(value, list) else value for name, value in data["facts"].items()}
        return cls(data["code"], facts, data.get("reference", ""))


class Refused(Exception):  # noqa: N818 - it reads as what happened, not as a programming error
    """An expected "no": raised by operations, caught by desks, said in plain words with what would change it."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason; the message is its code, for logs."""
        super().__init__(reason.code)
        self.reason = reason
