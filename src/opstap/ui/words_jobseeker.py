"""What is said to the person ("<code>.person"), and the reasons of letters and links."""

TEXTS: dict[str, str] = {
    "letters.email": "by e-mail",
    "letters.paper": "on paper",
    "letters.host_email": "to the host by e-mail",
    "letters.news": "how it ended, by e-mail",
    "letters.host_news": "how it ended, to the host by e-mail",
    "letters.paper_news": "how it ended, on paper",
    "letters.no_address": "We have no e-mail address for this link. Call us: we help you.",
    "matching.why_wish.person": "You asked for this work: {occupation}.",
    "matching.why_interest.person": "You said that this place interests you.",
    "matching.why_learning.person": "Here you can learn what you want to learn: {goals}.",
    "matching.why_travel.person": "It is {minutes} {minutes:minute|minutes} from your neighbourhood ({mode}).",
    "matching.why_waiting.person": "You have been waiting for {months} {months:month|months}.",
    "matching.why_55_plus.person": "You are 55 or older. Then you go first.",
    "matching.why_young.person": "You are younger than 25. Then you go first.",
    "matching.why_pinned.person": "Your counsellor thinks that this place suits you.",
    "matching.by_hand.person": "Your counsellor thinks that this place suits you.",
    "matching.hand_wished.person": "You asked for this work.",
    "matching.hand_interest.person": "You said that this place interests you.",
    "matching.proposal_not_open.person": "This proposal has ended. You can no longer answer it.",
}
