"""Names of what the engine knows by key, put into its reasons; and what a planner may read of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opstap.engine.shared import Reason
from opstap.engine.shared.reason import FactValue, Scalar

_HEALTH = "rostering.medical_limit"


@dataclass(frozen=True)
class Names:
    """The name of every worker, site, function, member and coach by its key."""

    by_key: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """Return the name, or the key of what has none."""
        return self.by_key.get(key, key)

    def said(self, reason: Reason) -> Reason:
        """Return a reason with names for keys; which limit of a body stands in the way stays in the file of the person."""
        if reason.code == _HEALTH:
            return Reason("rosters.physical_limit", {"function": self._fact(reason.facts["function"])}, reason.reference)
        return Reason(reason.code, {name: self._fact(value) for name, value in reason.facts.items()}, reason.reference)

    def all_said(self, reasons: Iterable[Reason]) -> tuple[Reason, ...]:
        """Return the reasons with names, each once."""
        return tuple(dict.fromkeys(self.said(reason) for reason in reasons))

    def _fact(self, value: FactValue) -> FactValue:
        if not isinstance(value, tuple):
            return self._scalar(value)
        return tuple(self._scalar(each) for each in value) or ("rosters.nobody",)

    def _scalar(self, value: Scalar) -> Scalar:
        return self[value] if isinstance(value, str) else value
