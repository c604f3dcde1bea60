"""Evaluations in plain words: every "no", the occasions, what went well in one tap, and the reminder to who writes."""

_MESSAGES: dict[str, str] = {
    "message.evaluation_reminder.subject": "Still three minutes for {name}?",
    "message.evaluation_reminder.text": "You did not tell yet how it is going with {name}. You can do that until {until}. Rather by "
    "telephone? Do nothing: we call you.",
    "message.evaluation_reminder.sms": "You can still tell how it is going with {name}, until {until}:",
}

_OCCASIONS: dict[str, str] = {
    "evaluations.first_month": "after the first month",
    "evaluations.half": "half-way",
    "evaluations.end": "at the end",
    "evaluations.asked": "asked in between",
}

_STATES: dict[str, str] = {
    "evaluations.state.asked": "waits for the work floor",
    "evaluations.state.written": "written, the person has not answered yet",
    "evaluations.state.answered": "the person answered",
    "evaluations.state.closed": "closed without being written",
    "evaluations.overtaken": "a later evaluation took its place",
    "evaluations.not_coming": "it will not come, said on the telephone",
    "evaluations.cancelled": "the work was called off",
    "evaluations.agree": "it is right",
    "evaluations.disagree": "sees it otherwise",
    "evaluations.will_come": "It will come",
}

_STRENGTHS: dict[str, str] = {
    "evaluations.strength.on_time": "Came on time",
    "evaluations.strength.keeps_going": "Kept going",
    "evaluations.strength.asks": "Asked for help in time",
    "evaluations.strength.careful": "Worked carefully",
    "evaluations.strength.team": "Got on well with colleagues",
    "evaluations.strength.learns": "Learned something new",
}

_STEPS: dict[str, str] = {
    "evaluations.step.practise": "Practise: {task}",
    "evaluations.step.new_task": "Try a new task",
    "evaluations.step.more_alone": "Do more alone",
    "evaluations.step.go_on": "Go on like this",
}

_NO: dict[str, str] = {
    "evaluations.may_not_ask": "Only who follows the person can do this.",
    "evaluations.may_not_write": "This person does not work on your floor. Ask the organisation's contact, or the counsellor.",
    "evaluations.may_not_answer": "You can only say this of your own evaluation.",
    "evaluations.nobody_works": "The work has not begun, so there is nothing to tell yet.",
    "evaluations.already_asked": "An evaluation is asked already. It can be written until {until}.",
    "evaluations.already_written": "{by} wrote this evaluation on {on}. Something not right? Write a correction.",
    "evaluations.waits_no_more": "This evaluation does not wait any more.",
    "evaluations.nothing_seen": "Choose for at least one task what you saw.",
    "evaluations.unknown_competence": "One of the tasks is not in the catalogue, or stands there twice. Choose it again.",
    "evaluations.no_next_step": "Choose one next step, or write it.",
    "evaluations.not_to_correct": "Only the last version of a written evaluation can be corrected.",
    "evaluations.correction_needs_reason": "Say why it changes, in a few words.",
    "evaluations.not_to_answer": "This was answered already, or a later version took its place.",
    "evaluations.disagree_needs_words": "Tell us how you see it, in a few words.",
}

TEXTS: dict[str, str] = _MESSAGES | _OCCASIONS | _STATES | _STRENGTHS | _STEPS | _NO
