"""Reasons of the coordinator's screens in words."""

TEXTS: dict[str, str] = {
    "overviews.places_taken": "the fitting seats went to others",
    "overviews.may_not_export": "Only a coordinator of the programme can take this list out.",
    "programmes.may_not_set_terms": "Only a coordinator of this programme sets its days and messages.",
    "programmes.term_out_of_range": "{name}: choose a number from {least} to {most}.",
    "programmes.term.answer_days": "Days to answer a proposal",
    "programmes.term.confirm_days": "Days until a host is asked again",
    "programmes.term.stalled_days": "Days until somebody stands still",
    "programmes.term.least_days_left": "Days that must be left to work, for a round to propose",
    "programmes.term.weekly_messages": "Messages to one person a week",
    "programmes.term.quiet_from": "Evening: no messages from this hour",
    "programmes.term.quiet_until": "Morning: no messages before this hour",
    "programmes.term_does.answer_days": "After this many days a proposal without an answer lapses and the seat is free.",
    "programmes.term_does.confirm_days": "A place that was not confirmed for so long stands on the call list.",
    "programmes.term_does.stalled_days": "Who stands at one step for so long is shown as standing still.",
    "programmes.term_does.least_days_left": (
        "Of the months that a form of work-learning may last. Your choice, not the law: by hand a shorter stay can still be proposed."
    ),
    "programmes.term_does.weekly_messages": "More than this waits until the next week; agreements and decisions always go.",
    "programmes.term_does.quiet_from": "E-mail and text messages wait until the morning.",
    "programmes.term_does.quiet_until": "Nothing is sent on Sundays either.",
    "programmes.may_not_set_order": "Only a coordinator of the programme can change the order of what counts.",
    "programmes.order_is_none": "Give every number once; that people can start must always count.",
}
