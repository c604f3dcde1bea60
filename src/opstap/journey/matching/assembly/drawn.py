"""The names under which people and places are drawn when lots decide: what the lists call them, so that a draw can be done again.

Row ids are random: loading the same lists into another database would draw otherwise. The engine gets a hash and never sees the name.
"""

from __future__ import annotations

import hashlib

from opstap.journey.people.models import Person
from opstap.journey.places.models import Place


def name_of_person(person: Person) -> str:
    """Return a hash of the client number (of the row id without one), hexadecimal: what somebody is called decides nothing."""
    return _hashed(person.client_number or str(person.pk))


def name_of_place(place: Place) -> str:
    """Return a hash of what the list calls the place, or of host, site and work for one made by hand, hexadecimal."""
    return _hashed(place.import_key or f"{place.organisation}|{place.site}|{place.title}|{place.half_days}|{place.starts_on}")


def _hashed(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
