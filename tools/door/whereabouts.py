"""Where things stand on this machine: the checkout, the environment, the data."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Whereabouts:
    """The folders of one installation. `OPSTAP_VENV` and `OPSTAP_DATA` move the environment and the data."""

    root: Path
    environment: Path
    data: Path

    @classmethod
    def here(cls, variables: Mapping[str, str] = os.environ) -> Whereabouts:
        """Return the folders of this checkout, moved where the variables say so."""
        root = Path(__file__).resolve().parents[2]
        return cls(
            root=root,
            environment=Path(variables.get("OPSTAP_VENV") or root / ".venv").absolute(),
            data=Path(variables.get("OPSTAP_DATA") or root / "var").absolute(),
        )

    @property
    def python(self) -> str:
        """The Python of the environment."""
        return str(self.environment / "bin" / "python")

    def program(self, name: str) -> str:
        """Return a program that a package put in the environment."""
        return str(self.environment / "bin" / name)

    @property
    def oracle(self) -> Path:
        """The second environment, for the oracle that tests compare with."""
        return self.environment.with_name(f"{self.environment.name}-oracle")

    @property
    def fingerprint(self) -> str:
        """Twelve letters that tell this installation's data from any other's on the machine."""
        return hashlib.sha256(str(self.data).encode()).hexdigest()[:12]

    def requirements(self, name: str) -> Path:
        """Return the compiled list of packages of that name."""
        return self.root / "requirements" / f"{name}.txt"
