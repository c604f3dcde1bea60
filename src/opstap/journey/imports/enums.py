"""What a list is about, and where each of its rows stands."""

from enum import StrEnum


class ListKind(StrEnum):
    """What the rows of a list are."""

    PEOPLE = "people"
    PLACES = "places"


class BatchStatus(StrEnum):
    """A list is previewed before it is applied; a long one is read by a worker first, and FAILED when it cannot be read."""

    READING = "reading"
    FAILED = "failed"
    PREVIEW = "preview"
    APPLIED = "applied"
    DISCARDED = "discarded"


class RowStatus(StrEnum):
    """Each row has its own truth."""

    READY_NEW = "ready_new"
    READY_UPDATE = "ready_update"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    QUESTION = "question"
    ERROR = "error"
    APPLIED = "applied"
    SKIPPED = "skipped"


class RowKind(StrEnum):
    """A workbook of places also carries mentors."""

    PERSON = "person"
    PLACE = "place"
    MENTOR = "mentor"
