"""What the page of letters and messages says: what a letter is about, why a message did not arrive, and what cannot be done with it."""

TEXTS: dict[str, str] = {
    "outbox.held": "waits: no address is known",
    "outbox.by_phone": "told by telephone",
    "outbox.at_desk": "told at the desk",
    "outbox.no_email_arrived": (
        "The e-mail to {address} was refused {times} {times:time|times}. Is the address right? Call, or send a letter."
    ),
    "outbox.no_sms_arrived": (
        "The text message to {address} was refused {times} {times:time|times}. Is the number right? Call, or send a letter."
    ),
    "outbox.not_to_print": "This letter need not be printed any more: what it says is no longer so.",
    "outbox.not_printed": "This letter is not among the printed ones any more. Load the page again.",
    "outbox.not_stuck": "This message does not wait for you any more. Load the page again.",
    "letters.about_proposal": "Proposal: {place}, {host}",
    "letters.about_news": "How the proposal ended: {place}, {host}",
    "counsellor.noted_post_letter": "A letter was posted",
    "counsellor.noted_put_letter_back": "A letter is printed again",
    "counsellor.noted_message_told": "A message was told in person",
    "counsellor.about_letter": "About: {about}",
    "message.invitation": "invitation to choose a moment",
    "message.invitation_reminder": "reminder to choose a moment",
    "message.booked": "appointment",
    "message.appointment_cancelled": "appointment called off",
    "message.appointment_off": "appointment that is off",
    "message.trial": "trial day",
    "message.sign": "agreement to sign",
    "message.sign_again": "agreement that still waits",
    "message.withdrawn": "agreement that does not count any more",
    "message.start": "day of the start",
    "message.changed": "small change in the agreement",
    "message.hours": "hours to look at",
    "message.account": "account number that was changed",
    "message.evaluation": "evaluation to read",
    "message.plan": "plan to read",
    "message.outcome": "question how it goes now",
}
