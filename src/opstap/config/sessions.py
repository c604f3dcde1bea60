"""Sessions in the database, as Django keeps them; the one read of every page is a prepared one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from opstap.foundation.prepared import Prepared, Text

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _living(key: Text, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


_SESSION = Prepared(_living)


class SessionStore(db.SessionStore):
    """Django's own store; only how it finds its row is ours."""

    def _get_session_from_db(self) -> Session | None:
        """Return the session that has not expired, or None; then the key is forgotten, as Django does."""
        found = _SESSION.first(key=Text(self.session_key or ""), at=timezone.now())
        if found is None:
            self._session_key = None
        return found
