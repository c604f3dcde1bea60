"""Where a request comes from, as a hash: to slow down guessing there and nowhere else."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def source_hash(request: HttpRequest) -> str:
    """Return a keyed hash of the address; behind our own proxy the last address it noted, which nobody else can write."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    return hmac.new(settings.SECRET_KEY.encode(), f"source:{address}".encode(), hashlib.sha256).hexdigest()
