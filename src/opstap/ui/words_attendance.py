"""Days, months and payments in plain words: every "no" of attendance, every line of an allowance, every limit ahead."""

TEXTS: dict[str, str] = {
    "costing.no_allowance": "{instrument}: this way of working has no allowance here. Somebody else pays it, or it is a wage.",
    "costing.distance_unknown": "Travel is not counted yet: the address of the person or of the work floor is not on the map.",
    "costing.month_full": "That is more than {most} hours this month. There are {noted} hours already, so {room} hours are left.",
    "costing.month_will_be_full": "This month comes to {expected} hours. At most {most} are allowed: {over} too many. "
    "Agree which day falls away.",
    "costing.month_too_few": "This month comes to {expected} hours. At least {least} were agreed.",
    "costing.months_over": (
        "The {months} {months:month|months} that somebody may work like this are over, all places together: {until} is the first day after "
        "them. Another way of working, or work, is next."
    ),
    "costing.months_end_near": "The {months} {months:month|months} that somebody may work like this end on {until}, all places together. "
    "Talk about what comes next.",
    "attendance.may_not_note": "This person does not work on your floor. Ask the organisation's contact, or the counsellor.",
    "attendance.may_not_speak": "You can only say this of your own days.",
    "attendance.may_not_sign": "You cannot sign this month: it is signed by the work floor and by who follows the person.",
    "attendance.may_not_close_site": "Only the organisation itself and the coordinator of the programme say on which days it is closed.",
    "attendance.may_not_pay": "Only a coordinator of this programme makes payment lists.",
    "attendance.may_not_give_account": "Only the person and who follows them can change the account number.",
    "attendance.outside_period": "On {on} this person does not work here. The agreement runs from {from} until {until}.",
    "attendance.not_yet": "{on} has not come yet. Only an excuse or leave can be noted ahead.",
    "attendance.not_agreed": "{on} is no agreed day. Did somebody work then? Fill in the hours.",
    "attendance.noted_in_halves": "{on} was noted in another way: the whole day, or in halves. Change that note.",
    "attendance.two_places": "On {on} this person is at another place: {place}. Nobody works in two places at once.",
    "attendance.impossible_hours": "Fill in more than 0 and at most {most} hours for {on}.",
    "attendance.public_holiday": "{on} is a public holiday ({name}). Nobody is expected.",
    "attendance.place_closed": "The work floor is closed on {on}. {why}",
    "attendance.month_signed": "This month is signed. Take back the signature first, or correct the day after both have signed.",
    "attendance.month_is_open": "The month of {on} is not closed: simply note the day.",
    "attendance.day_is_noted": "{on} is noted already: correct that day.",
    "attendance.month_closed": "This month is closed by both parties. A change is a correction, with its reason.",
    "attendance.month_not_over": "This month goes on until {until}. Sign it after its last day.",
    "attendance.days_missing": "{count} {count:day is|days are} not filled in yet: {days}.",
    "attendance.contested_days": "The person does not agree with {count} {count:day|days}. Talk it over, tick that you did, and sign.",
    "attendance.contested_since": (
        "After the first signature the person said that {count} {count:day is|days are} not right. "
        "Who follows the person takes that signature back and talks it over."
    ),
    "attendance.other_party_signs": "{by} signed already. Now somebody else signs, for the other party.",
    "attendance.changed_since_signed": "The days changed after the first signature. Take it back, look again, and sign again.",
    "attendance.not_signed_yet": "{on} is not signed yet: simply change what is noted.",
    "attendance.correction_needs_reason": "Say why, in a few words.",
    "attendance.contest_needs_words": "Tell us what is not right, in a few words.",
    "attendance.closure_without_days": "The last day lies before the first one.",
    "attendance.closure_too_long": "Closed for more than a year? Pause or close the place itself.",
    "attendance.closure_is_over": "These days are over: they stay as they were.",
    "attendance.worked_then": "On {on} somebody worked there. Choose other days, or correct that day first.",
    "attendance.account_with_mistake": "There is a mistake in this account number, or the name is missing. "
    "A Belgian number starts with BE and has 16 characters.",
    "attendance.draft_waits": "A payment list waits for approval. Approve it or throw it away first.",
    "attendance.nobody_to_pay": "There is nobody to pay: no closed month waits, or nobody has an account number.",
    "attendance.run_is_approved": "An approved payment list stays as it is. A correction comes on the next list.",
    "attendance.other_approves": "{by} made this list, so somebody else approves it: {who}.",
    "attendance.signer_does_not_approve": "You signed hours on this list, so somebody else approves it: {who}.",
    "attendance.account_giver_does_not_approve": (
        "You filled in an account number to which this list pays, so somebody else approves it: {who}."
    ),
    "attendance.paying_account_giver_does_not_approve": (
        "You filled in the account from which this list is paid, so somebody else approves it: {who}."
    ),
    "attendance.nobody_left_to_approve": (
        "{by} made this list, and every other coordinator signed hours on it or filled in an account to or from which it pays. Who does "
        "that does not pay. Throw the list away and let one of them make it: then {by} can approve it if they did neither. "
        "Or ask the administrator for one more coordinator."
    ),
    "attendance.no_paying_account": "First say from which account the programme pays.",
    "attendance.pay_day_past": "{on} is past. Choose a day from today on.",
    "attendance.run_changed": "This list is no longer what was made. Throw it away and make it again.",
    "attendance.accounts_missing": "{count} {count:person has|people have} no account number any more: {names}. "
    "Throw the list away and make it again.",
    "attendance.run_not_there_yet": "This list is not approved yet, or it is past that.",
    "attendance.day.here": "here",
    "attendance.day.late": "late",
    "attendance.day.excused": "excused that day",
    "attendance.day.absent": "absent",
    "attendance.day.holiday": "leave",
    "attendance.person.none": "not answered yet",
    "attendance.person.confirmed": "the person says: right",
    "attendance.person.contested": "the person says: not right",
    "attendance.side.host": "the work floor",
    "attendance.side.counsellor": "who follows the person",
    "attendance.closing.open": "nobody signed yet",
    "attendance.closing.half_closed": "signed by one party",
    "attendance.closing.closed": "closed by both parties",
    "attendance.run.draft": "draft",
    "attendance.run.approved": "approved",
    "attendance.run.exported": "sent to the bank",
    "attendance.line.allowance": "allowance",
    "attendance.line.travel": "travel",
    "attendance.line.correction": "correction",
    "attendance.payability.ready": "can be paid",
    "attendance.payability.no_account": "no account number yet",
    "attendance.payability.carried_over": "goes to the next list",
    "attendance.mismatch.not_noted": "agreed, nothing noted",
    "attendance.mismatch.not_agreed": "noted on a day that was not agreed",
    "attendance.mismatch.other_hours": "other hours than agreed",
    "attendance.mismatch.contested": "the person does not agree",
    "attendance.mismatch.correction_waits": "correction without both signatures",
    "attendance.mismatch.paid_otherwise": "paid other hours than noted",
}
"""English text of every code."""
