"""Reasons of the referrals and access rooms in words."""

TEXTS: dict[str, str] = {
    "referrals.opened": "The referral was opened.",
    "referrals.may_not_open": "Only a coordinator of the programme can refer people to it.",
    "referrals.may_not_move": "You cannot change where this person stands.",
    "referrals.stage_cannot_follow": "This step is not possible now: the person stands at “{from}”, and “{to}” cannot follow it.",
    "referrals.may_not_assign": "Only a team lead or the coordinator can give a person to another counsellor.",
    "referrals.may_not_follow": "Only the counsellor who follows this person, or the team lead, can do this.",
    "referrals.snooze_in_the_past": "Choose a day after today; {until} has passed.",
    "referrals.snooze_needs_reason": "Say why you put this person aside, so that a colleague understands it.",
    "access.may_not_manage_users": "Only an administrator or a team lead can add users.",
    "access.may_not_give_link": "Only who follows the person or coordinates the programme can send a link.",
    "access.link_stopped": "This link was stopped. Ask the desk for a new letter.",
    "access.may_not_give_role": "You cannot give or end the role “{role}” here: only an administrator or the organisation's team lead can.",
}
