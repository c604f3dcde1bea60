"""What changes a person's record."""

from opstap.journey.people.operations.records import (
    Change,
    Draft,
    change_people,
    keep_apart,
    merge_people,
    register_people,
    register_person,
    set_facts,
    update_contact,
)

__all__ = [
    "Change",
    "Draft",
    "change_people",
    "keep_apart",
    "merge_people",
    "register_people",
    "register_person",
    "set_facts",
    "update_contact",
]
