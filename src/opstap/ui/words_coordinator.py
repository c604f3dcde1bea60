"""Reasons of the coordinator's screens in words."""

TEXTS: dict[str, str] = {
    "overviews.places_taken": "the fitting seats went to others",
    "overviews.may_not_export": "Only a coordinator of the programme can take this list out.",
    "programmes.may_not_set_order": "Only a coordinator of the programme can change the order of what counts.",
    "programmes.order_is_none": "Give every number once; that people can start must always count.",
}
