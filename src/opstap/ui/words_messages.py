"""What the outbox says: for each message a subject, a text, and a short text for a mobile phone; never a word of health or benefit."""

_DESK: dict[str, str] = {
    "outbox.sms": "by text message",
    "outbox.letter": "by letter",
    "outbox.must": "must be known",
    "outbox.news": "news",
    "outbox.reminder": "a reminder",
    "outbox.may_not_pause": "You cannot stop messages for this person.",
    "outbox.may_not_send": "You cannot send messages.",
    "outbox.pause_in_the_past": "{until} is not in the future. Choose a later day.",
}

_APPOINTMENTS: dict[str, str] = {
    "message.invitation.subject": "Choose when we meet",
    "message.invitation.text": "We would like to talk with you. Choose a moment that suits you, before {until}.",
    "message.invitation.sms": "Choose when we meet, before {until}:",
    "message.invitation_reminder.subject": "You can still choose a moment",
    "message.invitation_reminder.text": "You did not choose a moment yet. You can do that until {until}. Rather by telephone? Call us.",
    "message.invitation_reminder.sms": "You can still choose a moment, until {until}:",
    "message.booked.subject": "Your appointment: {on} at {time}",
    "message.booked.text": "You have an appointment on {on} at {time}. Where: {where}. Cannot come? Choose another moment on your page.",
    "message.booked.sms": "Your appointment: {on} at {time}, {where}. Cannot come? Choose another moment:",
    "message.appointment_cancelled.subject": "The appointment of {on} is cancelled",
    "message.appointment_cancelled.text": "The appointment of {on} at {time} is cancelled. Choose another moment on your page.",
    "message.appointment_cancelled.sms": "The appointment of {on} is cancelled. Choose another moment:",
    "message.appointment_off.subject": "You need not come on {on}",
    "message.appointment_off.text": "What was planned on {on} at {time} is off. You need not come. Questions? Call us.",
    "message.appointment_off.sms": "What was planned on {on} at {time} is off. You need not come.",
    "message.trial.subject": "Your trial day: {on}",
    "message.trial.text": "You can try the work on {on} at {time}, at {where}. After that you say whether it suits you.",
    "message.trial.sms": "Your trial day: {on} at {time}, {where}.",
}

_STAFF: dict[str, str] = {
    "message.called_off.subject": "{name} called off: {on} at {time}",
    "message.called_off.text": "{name} does not come on {on} at {time} ({where}), and can choose another moment. This one is free again.",
    "message.called_off.sms": "{name} does not come on {on} at {time}.",
    "message.visit_off.subject": "The visit of {on} at {time} is called off",
    "message.visit_off.text": (
        "{name} does not come to see the place on {on} at {time}, and can choose another moment. This one is free again."
    ),
    "message.visit_off.sms": "The visit of {on} at {time} is called off.",
    "message.slots_missing.subject": "{missing} {missing:moment is|moments are} missing",
    "message.slots_missing.text": (
        "{waiting} {waiting:person waits|people wait} for a first talk, and you have {free} free {free:moment|moments} in two weeks. "
        "Open {missing} more."
    ),
    "message.slots_missing.sms": "{missing} {missing:moment is|moments are} missing for a first talk.",
    "message.moments_asked.subject": "{who} asks you to open {missing} {missing:moment|moments}",
    "message.moments_asked.text": (
        "{waiting} {waiting:person waits|people wait} for a first talk with you, and you have {free} free {free:moment|moments} in two "
        "weeks. {who} asks you to open {missing} more."
    ),
    "message.moments_asked.sms": "{who} asks you to open {missing} {missing:moment|moments} for a first talk.",
}

_AGREEMENTS: dict[str, str] = {
    "message.sign.subject": "An agreement to sign: {place}",
    "message.sign.text": "The agreement for {place} is ready. Read it and sign it on your page. On paper is also possible: call us.",
    "message.sign.sms": "The agreement for {place} is ready. Read and sign:",
    "message.sign_again.subject": "The agreement for {place} still waits for you",
    "message.sign_again.text": "You can only start when everybody has signed. Read the agreement for {place} and sign it on your page.",
    "message.sign_again.sms": "The agreement for {place} still waits for you:",
    "message.withdrawn.subject": "The agreement for {place} does not count any more",
    "message.withdrawn.text": "What you were asked to sign for {place} does not count any more. The counsellor tells what comes next.",
    "message.withdrawn.sms": "What you were asked to sign for {place} does not count any more. The counsellor tells what comes next.",
    "message.start.subject": "You start on {on}",
    "message.start.text": "Everybody has signed. You start on {on} at {place}. {mentor} waits for you.",
    "message.start.sms": "You start on {on} at {place}.",
    "message.changed.subject": "Something small changed in your agreement",
    "message.changed.text": "Something small changed in the agreement for {place}: {what}. You need not sign again.",
    "message.changed.sms": "Something small changed in your agreement for {place}:",
}

_WORK: dict[str, str] = {
    "message.hours.subject": "Are your hours right?",
    "message.hours.text": "The hours of {month} are noted. Look whether they are right. Something wrong? Tell us on your page.",
    "message.hours.sms": "Are your hours of {month} right? Look here:",
    "message.account.subject": "Your account number was changed",
    "message.account.text": "On {on} the account number on which we pay you was changed. Did you not ask for that? Call us at once.",
    "message.account.sms": "On {on} the account number on which we pay you was changed. Not by you? Call us.",
    "message.evaluation.subject": "How is it going at work?",
    "message.evaluation.text": "{mentor} wrote how it is going at {place}. Read it and say whether you agree.",
    "message.evaluation.sms": "Read how it is going at {place} and say whether you agree:",
    "message.evaluation_ask.subject": "Three minutes for {name}: how is it going?",
    "message.evaluation_ask.text": "{name} has been with you for some time. Tell how it is going, before {until}. It takes three minutes.",
    "message.evaluation_ask.sms": "How is it going with {name}? It takes three minutes:",
    "message.plan.subject": "Your plan is ready to read",
    "message.plan.text": "We wrote down your plan together. Read it and say what you think of it.",
    "message.plan.sms": "Your plan is ready to read:",
    "message.training.subject": "Mentor training on {on}",
    "message.training.text": "You are enrolled for {title} on {on} at {time}. Where: {where}.",
    "message.training.sms": "Mentor training on {on} at {time}, {where}.",
    "message.relay.subject": "Somebody is handed over to you",
    "message.relay.text": "You are asked to take over the guidance of somebody. Read the page and accept before {until}.",
    "message.relay.sms": "You are asked to take over the guidance of somebody. Accept before {until}:",
    "message.relay_late.subject": "Nobody took over in time",
    "message.relay_late.text": "{recipient} did not accept a relay in time. Look at the list of what was not taken on.",
    "message.relay_late.sms": "Nobody took over in time",
    "message.outcome.subject": "How are you doing now?",
    "message.outcome.text": "We would like to know what you do now. Tell us on your page, in one tap.",
    "message.outcome.sms": "What do you do now? Tell us in one tap:",
}

_ROSTER: dict[str, str] = {
    "message.roster.subject": "Your working days, from {first}",
    "message.roster.text": "Your roster is ready: {days} {days:day is|days are} new or different, from {first}. Look at your page.",
    "message.roster.sms": "Your roster: {days} {days:day is|days are} new or different, from {first}:",
}

TEXTS: dict[str, str] = _DESK | _APPOINTMENTS | _STAFF | _AGREEMENTS | _WORK | _ROSTER
