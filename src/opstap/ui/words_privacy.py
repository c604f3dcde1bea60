"""What was done, in words: for every action of the log, and the refusals of the auditor's desk."""

from __future__ import annotations

from opstap.foundation.actor import ActorKind, Role
from opstap.ui.landing import ROLE_NAMES
from opstap.ui.words import translate

ACTIONS: dict[str, str] = {
    "read_case_file": "read the case file",
    "read_audit_log": "looked up who read the file",
    "export_case_file": "exported the case file",
    "print_letter": "printed a letter",
    "decide": "decided by the rules",
    "decide_caseload": "had the rules decide on a caseload",
    "overrule": "decided otherwise than the rules",
    "replay_decision": "replayed a decision",
    "propose_rule_change": "proposed a change of the rules",
    "rehearse_rule_change": "rehearsed a change of the rules",
    "approve_rule_change": "approved a change of the rules",
    "withdraw_rule_change": "withdrew a change of the rules",
    "advance": "moved to another stage",
    "open_referral": "opened a referral",
    "find_referral": "found the open referral",
    "assign_counsellor": "gave to a counsellor",
    "assign": "let others follow the person too",
    "end_assignment": "ended that others follow the person",
    "open_tasks": "went through the rules for who should be called",
    "open_task": "opened a task",
    "cause_gone": "closed a task because its cause was gone",
    "close_task": "closed a task",
    "put_off_task": "put a task off",
    "settle_task": "closed a task because the next step is known",
    "snooze": "put aside",
    "contact": "noted a contact",
    "set_facts": "recorded facts",
    "register_person": "registered a person",
    "change_person": "changed a person's details",
    "merge_people": "merged two records",
    "keep_apart": "kept two records apart",
    "move_referral": "moved a referral to the merged record",
    "upload_list": "uploaded a list",
    "apply_list": "applied a list",
    "discard_list": "discarded a list",
    "skip_row": "skipped a row of a list",
    "queue_list": "put a list in the queue",
    "open_referrals": "opened referrals",
    "offer_place": "offered a place",
    "change_place": "changed a place",
    "confirm_place": "confirmed a place",
    "pause_place": "paused a place",
    "resume_place": "resumed a place",
    "close_place": "closed a place",
    "set_seat_count": "changed the number of seats",
    "hold_seats": "held seats",
    "release_hold": "released seats",
    "request_round": "asked for a matching round",
    "start_round": "started a matching round",
    "finish_round": "finished a matching round",
    "fail_round": "a matching round failed",
    "give_directive": "pinned, forbade or wished a match",
    "hand_over": "let what was asked of rounds go on under the record that stays",
    "end_directive": "ended a pin, ban or wish",
    "make_placement": "made a placement",
    "cancel_placement": "cancelled a placement",
    "issue_link": "issued a link",
    "revoke_links": "revoked links",
    "close_referral": "stopped somebody's way through the programme",
    "withdraw_turned": "took a proposal back that no decision carried",
    "forget_old_keys": "removed keys of old forms",
    "forget_ended": "removed links, codes and sessions that ended",
    "forget_lists": "removed the rows of old lists",
    "ask_fresh_link": "asked for a fresh link",
    "wrong_code": "typed a wrong code",
    "create_user": "added a user",
    "give_role": "gave a role",
    "end_role": "ended a role",
    "add_organisation": "added an organisation",
    "take_part": "let an organisation take part",
    "set_up_programme": "set up a programme",
    "set_neighbourhoods": "set the neighbourhoods",
    "open_slots": "opened moments",
    "close_slot": "closed a moment",
    "invite": "invited the person",
    "withdraw_invitation": "took an invitation back",
    "expire_invitation": "an invitation expired",
    "remind_and_expire": "reminded of invitations",
    "book_slot": "chose a moment",
    "cancel_booking": "called off an appointment",
    "record_outcome": "noted who came",
    "plan_trial": "planned a trial day",
    "judge_trial": "said what they thought of a trial day",
    "cancel_trial": "cancelled a trial day",
    "queue_message": "put a message in the outbox",
    "cancel_messages": "cancelled messages that waited",
    "take_messages": "looked what could be sent",
    "message_sent": "sent a message",
    "message_failed": "could not send a message",
    "pause_messages": "paused messages",
    "resume_messages": "let messages come again",
}
"""English text of each action that an audit row can name."""

TEXTS: dict[str, str] = {"privacy.may_not_open_log": "Only an auditor can look up who read a file."}


def action_words(action: str) -> str:
    """Return an action in words; one without a text is shown by its code, so that no row is ever hidden."""
    return translate(ACTIONS[action]) if action in ACTIONS else action.replace("_", " ")


def action_choices() -> list[tuple[str, str]]:
    """Return every action with its words, in the order of the words."""
    return sorted(((code, action_words(code)) for code in ACTIONS), key=lambda choice: choice[1])


KINDS: dict[str, str] = {
    ActorKind.SYSTEM.value: "the product itself",
    ActorKind.PERSON.value: "job seeker",
    ActorKind.USER.value: "without a role",
}
"""English text of who acts without holding a role."""


def role_words(roles: str) -> str:
    """Return the roles of an audit row ("coordinator, counsellor") in words; what is not a role stays as it is."""
    names = {role.value: ROLE_NAMES[role] for role in Role} | KINDS
    return ", ".join(translate(names[role]) if role in names else role for role in roles.split(", "))
