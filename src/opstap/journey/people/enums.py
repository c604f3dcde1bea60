"""Where a fact comes from."""

from enum import StrEnum


class FactSource(StrEnum):
    """Who or what made a fact known."""

    IMPORT = "import"
    COUNSELLOR = "counsellor"
    PERSON = "person"
    DOCUMENT = "document"
