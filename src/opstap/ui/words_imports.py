"""Reasons of the imports room in words, and what rows and fields are called."""

TEXTS: dict[str, str] = {
    "imports.may_not_import": "Only a coordinator of the programme can bring in lists.",
    "imports.as_of_in_future": "{as_of} has yet to come. Choose the day on which the list was right.",
    "imports.not_read_yet": "This list is not read yet. Wait until its rows are here.",
    "imports.nobody_to_act_for": (
        "Who asked for this no longer coordinates this programme, so it was stopped. A coordinator can do it again."
    ),
    "imports.worker_stopped": "Something went wrong on our side. Try again; tell the administrator when it happens a second time.",
    "imports.list_discarded": "This list was put aside. Bring it in again if you need it after all.",
    "imports.already_applied": "This list was already applied, so it cannot be put aside.",
    "imports.row_already_applied": "This row was already applied, so it cannot be left out.",
    "imports.no_such_candidate": "Somebody already decided on this row. Look at how it stands now.",
    "imports.cell_not_in_row": "A cell is not in this row, or holds more than 2,000 characters.",
    "imports.nothing_corrected": "Nothing was changed. Type another text in a cell first.",
    "imports.test_number_refused": "This is a test number of an invented person: it does not belong in a real programme. It is not kept.",
    "imports.real_number_refused": "This looks like the number of a real person. Only invented people belong here. The number is not kept.",
    "imports.counsellor_unknown": "“{name}” is not a counsellor in this programme. The person comes in without a counsellor.",
    "imports.counsellor_which": "Several counsellors here are called “{name}”. Choose who is meant, by e-mail address.",
    "imports.known_otherwise": "Something else is known already, later or from another source. It stays, unless you choose the list.",
    "imports.changed_here_since": "Changed here since the last list. What stands here stays, unless you choose the list.",
    "imports.mentor_missing": "No mentor is named. The place comes in, but a learner needs a mentor.",
    "imports.mentor_unknown": "“{name}” is not among the mentors. The name comes in without a training date.",
    "imports.certificate_given_here": "{name} has a certificate that was given here and holds. It stays; end it on the page of the mentor.",
    "imports.mentor_limit": "A mentor guides at most {limit} {limit:learner|learners}.",
    "imports.organisation_unknown": "No place in this list and no organisation here is called “{name}”.",
    "imports.organisation_kind_missing": "“{name}” is new. Fill in which kind of organisation it is.",
    "imports.place_needs_half_days": "Without half-days nobody can be matched. Fill in the days, such as “ma vm, di nm”.",
    "imports.place_needs_start": "Fill in from which day the place is open.",
    "imports.place_needs_instrument": "Fill in the instrument, such as “gemeenschapsdienst” or “WES”.",
    "imports.place_cannot_be_offered": "As long as this cell cannot be read, the place cannot be offered.",
    "imports.seats_in_use": (
        "The list says {seats}, but {in_use} {in_use:seat is|seats are} in use. {in_use} {in_use:seat stays|seats stay}."
    ),
    "imports.same_place": "the same place, with the same half-days and start",
}

STATUSES: dict[str, str] = {
    "ready_new": "new row",
    "ready_update": "will be updated",
    "unchanged": "nothing new",
    "duplicate": "perhaps known",
    "question": "asks who is meant",
    "error": "cannot be used yet",
    "applied": "applied",
    "skipped": "left out",
}
"""Where a row stands."""

FILTERS: dict[str, str] = {
    "": "All rows",
    "to_look_at": "To look at",
    "duplicate": "Perhaps known",
    "question": "Asks who is meant",
    "error": "Cannot be used yet",
    "ready_new": "New",
    "ready_update": "Will be updated",
    "unchanged": "Nothing new",
    "applied": "Applied",
    "skipped": "Left out",
}
"""Ways to look at the rows of a list."""

FIELDS: dict[str, str] = {
    "client_number": "client number", "national_number": "national number", "last_name": "last name", "first_name": "first name",
    "birth_date": "date of birth", "sex": "sex", "street": "street", "postcode": "postcode", "municipality": "municipality",
    "neighbourhood": "neighbourhood", "phone": "telephone", "email": "e-mail", "language": "preferred language",
    "registered_since": "registered since", "income": "income", "education": "level of education",
    "work_limitation_right": "right to wage support", "maatwerk_advice": "custom-work advice", "dutch_level": "Dutch",
    "licences": "licences", "travel_mode": "means of travel", "half_days": "available", "limits": "cannot do", "wishes": "wished jobs",
    "remarks": "remarks", "certified_on": "mentor training on", "certified_until": "certificate until", "learner_limit": "learners at most",
    "title": "function", "instruments": "instruments", "starts_on": "starts on", "until_on": "until", "occupation_code": "occupation code",
    "tasks": "tasks", "hours_per_month": "hours per month", "demands": "physical demands", "teaches": "teaches", "mentor": "mentor",
    "capacity": "number of seats",
}  # fmt: skip
"""What the fields of a record are called."""

TEXTS |= {f"imports.{status}": word for status, word in STATUSES.items()} | {
    "imports.people": "job seekers",
    "imports.places": "places and mentors",
    "imports.preview": "to look at",
    "imports.discarded": "put aside",
    "imports.reading": "being read",
    "imports.failed": "could not be read",
}
