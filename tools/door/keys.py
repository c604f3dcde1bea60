"""The keys of this installation: made on the first start, readable by their owner alone, never part of a backup."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from door.locks import alone
from door.whereabouts import Whereabouts


def keys(places: Whereabouts) -> dict[str, str]:
    """Return the variables with the keys: for signing, for sealed fields, for blind indexes. Given variables win over the files."""
    fresh = {
        "OPSTAP_SECRET_KEY": secrets.token_urlsafe(64),
        "OPSTAP_FIELD_KEY": _new_field_key(),
        "OPSTAP_INDEX_KEY": secrets.token_urlsafe(48),
    }
    folder = places.data / "keys"
    return {name: os.environ.get(name) or _kept(folder / name.removeprefix("OPSTAP_").lower(), new) for name, new in fresh.items()}


def _new_field_key() -> str:
    """Return the first field key: its id, and 32 random bytes as base64."""
    return f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _kept(path: Path, new: str) -> str:
    with alone(path.parent.with_name("keys.lock")):
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = path.with_suffix(".new")
            draft.unlink(missing_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(new)
                os.fsync(handle.fileno())
            draft.rename(path)  # whole or not at all
        return path.read_text().strip()
