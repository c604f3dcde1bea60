"""Who may open and do what: one row for each address of the product. An address without a row fails, and so does a row without an address.

`get` names who sees the page of the own side, `post` who may send its form, `everywhere` whose reach is every programme.
Everybody else who is logged in finds nothing there, as for something that never was; who is not logged in is asked to log in.
`ANYBODY` needs no account; of those pages, what stands under a key opens with that key only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.house.access.association_rows import ASSOCIATION

ANYBODY = "anybody"
STAFF = "coordinator counsellor colleague team_lead host mentor planner administrator auditor nobody former"
"""Everybody with an account, also without a role."""
COUNSELLORS = "counsellor colleague team_lead"
FOLLOWERS = "counsellor team_lead"
"""The counsellor of the person, and the lead of the team; the colleague next to them has no reason to look."""
RULES = "coordinator team_lead administrator auditor"
APPROVERS = "coordinator team_lead administrator"
OVERSEERS = "administrator auditor"


@dataclass(frozen=True)
class Row:
    """One address: its name, who gets it, who may post to it, whose reach is everywhere.

    `fill` says which thing of the side stands in a blank of another name, or the text in it; `body` is what the form holds.
    """

    name: str
    get: str = ""
    post: str = ""
    everywhere: str = ""
    fill: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        """Whether it needs no account."""
        return ANYBODY in (self.get, self.post)


def _desk(desk: str, *rows: tuple[str, str, str]) -> tuple[Row, ...]:
    """Return the rows of a desk that have nothing special: the name, who gets it, who may post to it."""
    return tuple(Row(f"{desk}:{name}", get, post) for name, get, post in rows)


WAY_IN = (
    Row("public:my_day", get=STAFF),
    Row("public:demo_logins"),
    Row("public:demo_login", fill={"role": "coordinator"}),
    Row("public:demo_login_of", fill={"role": "coordinator", "number": "1"}),
    Row("public:health", get=ANYBODY),
    Row("gallery", get=STAFF),
    *_desk("public", *((name, ANYBODY, "") for name in ("home", "place", "how", "privacy", "accessibility", "icon"))),
)
COORDINATOR = _desk(
    "coordinator",
    ("home", "coordinator", ""),
    ("calls", "coordinator", ""),
    ("place", "coordinator", ""),
    ("change_place", "coordinator", "coordinator"),
    ("hold", "", "coordinator"),
    ("release", "", "coordinator"),
    ("pause", "", "coordinator"),
    ("resume", "", "coordinator"),
    ("confirm", "", "coordinator"),
    ("funnel", "coordinator", ""),
    ("waiting", "coordinator", ""),
    ("export_waiting", "", "coordinator"),
    ("find", "coordinator", ""),
    ("merge_find", "coordinator", ""),
    ("merge", "coordinator", "coordinator"),
    ("keep_apart", "", "coordinator"),
    ("rounds", "coordinator", ""),
    ("start_round", "", "coordinator"),
    ("order", "coordinator", "coordinator"),
    ("round", "coordinator", ""),
    ("round_progress", "coordinator", ""),
    ("send", "coordinator", "coordinator"),
    ("not_placed", "coordinator", ""),
    ("empty_places", "coordinator", ""),
    ("prices", "coordinator", ""),
    ("round_changes", "coordinator", ""),
    ("export_round", "", "coordinator"),
    ("proposal", "coordinator", ""),
    ("decline", "", "coordinator"),
    ("pin", "", "coordinator"),
    ("forbid", "", "coordinator"),
    ("stop_asking", "", "coordinator"),
    ("what_if", "coordinator", ""),
)
LISTS = (
    *_desk(
        "coordinator:imports",
        ("batches", "coordinator", ""),
        ("upload", "coordinator", "coordinator"),
        ("batch", "coordinator", ""),
        ("apply", "", "coordinator"),
        ("discard", "", "coordinator"),
        ("progress", "coordinator", ""),
        ("row", "coordinator", ""),
        ("correct", "", "coordinator"),
        ("choose", "", "coordinator"),
        ("separate", "", "coordinator"),
        ("skip", "", "coordinator"),
    ),
    Row("coordinator:imports:join", post="coordinator", body={"candidate": "person_id"}),
)
RULE_PAGES = (
    Row("coordinator:rules:parameters", get=RULES),
    Row("coordinator:rules:parameters_of", get=RULES, everywhere=OVERSEERS),
    Row("coordinator:rules:propose", get="coordinator", post="coordinator"),
    Row("coordinator:rules:change", get=RULES, everywhere=OVERSEERS),
    Row("coordinator:rules:rehearse", post=RULES, everywhere=OVERSEERS),
    Row("coordinator:rules:approve", post=RULES, everywhere=OVERSEERS),
    Row("coordinator:rules:withdraw", post=RULES, everywhere=OVERSEERS),
)
COUNSELLOR = (
    *_desk(
        "counsellor",
        ("my_day", COUNSELLORS, ""),
        ("caseload", COUNSELLORS, ""),
        ("export", "", COUNSELLORS),
        ("team", "team_lead", ""),
        ("case_file", FOLLOWERS, ""),
        ("timeline", FOLLOWERS, ""),
        ("readers", FOLLOWERS, ""),
        ("contact_data", FOLLOWERS, FOLLOWERS),
        ("decide", "", FOLLOWERS),
        ("overrule", FOLLOWERS, FOLLOWERS),
        ("places", FOLLOWERS, ""),
        ("propose", FOLLOWERS, FOLLOWERS),
        ("directive", FOLLOWERS, FOLLOWERS),
        ("end_directive", "", FOLLOWERS),
        ("send", FOLLOWERS, FOLLOWERS),
        ("take_back", FOLLOWERS, FOLLOWERS),
        ("answer", FOLLOWERS, FOLLOWERS),
        ("snooze", FOLLOWERS, FOLLOWERS),
        ("contact", FOLLOWERS, FOLLOWERS),
        ("stop", FOLLOWERS, FOLLOWERS),
        ("put_forward", FOLLOWERS, FOLLOWERS),
        ("assign", "team_lead", "team_lead"),
    ),
    Row("counsellor:queue", get=COUNSELLORS, fill={"name": "wants_call"}),
    Row("counsellor:assign_many", post="team_lead", body={"wie": "referral_id", "counsellor": "colleague_id"}),
    Row("counsellor:fact", get=FOLLOWERS, post=FOLLOWERS, fill={"name": "dutch_level"}),
    Row("counsellor:decisions", get=FOLLOWERS, fill={"instrument": "community_service"}),
)
AGREEMENT = (
    Row("counsellor:agreement_make", post=FOLLOWERS, fill={"proposal_id": "placed_id"}),
    *_desk(
        "counsellor",
        ("agreement", FOLLOWERS, ""),
        ("agreement_send", "", FOLLOWERS),
        ("agreement_take_back", FOLLOWERS, FOLLOWERS),
        ("agreement_pdf", FOLLOWERS, ""),
        ("signature_again", "", FOLLOWERS),
        ("signature_partner", "", FOLLOWERS),
        ("signature_link", "", FOLLOWERS),
        ("signature_paper", FOLLOWERS, FOLLOWERS),
    ),
    Row("counsellor:agreement_field", get=FOLLOWERS, post=FOLLOWERS, fill={"field": "mentor_name"}),
    Row("counsellor:signature_pdf", get=FOLLOWERS, fill={"signature_id": "paper_id"}),
    Row("counsellor:signature_scan", get=FOLLOWERS, fill={"signature_id": "paper_id"}),
    Row("host:to_sign", get="host mentor"),
    Row("host:sign", get="host", post="host"),
    Row("host:sign_refuse", get="host", post="host"),
    Row("host:sign_pdf", get="host"),
    Row("host:sign_link", get=ANYBODY, post=ANYBODY, fill={"token": "sign_token"}),
    Row("host:sign_link_refuse", get=ANYBODY, post=ANYBODY, fill={"token": "sign_token"}),
    Row("host:sign_link_pdf", get=ANYBODY, fill={"token": "sign_token"}),
    Row("jobseeker:agreement", get=ANYBODY, post=ANYBODY, fill={"key": "journey_token"}),
    Row("jobseeker:agreement_refuse", get=ANYBODY, post=ANYBODY, fill={"key": "journey_token"}),
    Row("jobseeker:agreement_pdf", get=ANYBODY, fill={"key": "journey_token"}),
)
JOBSEEKER = (
    *_desk(
        "jobseeker",
        ("home", ANYBODY, ""),
        ("code", ANYBODY, ANYBODY),
        ("fresh_link", ANYBODY, ANYBODY),
        ("letters", "coordinator counsellor colleague team_lead", ""),
        ("print_letters", "", "coordinator counsellor colleague team_lead"),
        ("posted_letters", "", "coordinator counsellor colleague team_lead"),
        ("print_letter", "", "coordinator counsellor team_lead"),
        ("offer", ANYBODY, ""),
        ("places", ANYBODY, ""),
        ("interest", "", ANYBODY),
        ("decisions", ANYBODY, ""),
        ("readers", ANYBODY, ""),
    ),
    Row("jobseeker:answer", get=ANYBODY, post=ANYBODY, fill={"answer": "ja"}),
    Row("jobseeker:message_otherwise", post="coordinator counsellor team_lead", fill={"way": "telefoon"}),
)
_OWN = {"key": "journey_token"}
JOURNEY = (
    Row("jobseeker:journey", get=ANYBODY, fill=_OWN),
    Row("jobseeker:journey_readers", get=ANYBODY, fill=_OWN),
    Row("jobseeker:messages", get=ANYBODY, post=ANYBODY, fill=_OWN),
    Row("jobseeker:appointment", get=ANYBODY, fill=_OWN),
    Row("jobseeker:choose_slot", post=ANYBODY, fill=_OWN, body={"slot": "slot_id"}),
    Row("jobseeker:call_off", post=ANYBODY, fill=_OWN),
    Row("jobseeker:trial", get=ANYBODY, post=ANYBODY, fill=_OWN),
)
FOLLOW_UP = (
    *_desk(
        "counsellor",
        ("journey", FOLLOWERS, ""),
        ("appointments", COUNSELLORS, COUNSELLORS),
        ("close_slot", "", "counsellor"),
        ("choose", FOLLOWERS, FOLLOWERS),
        ("call_off", "", FOLLOWERS),
        ("withdraw_invitation", "", FOLLOWERS),
        ("invite", FOLLOWERS, FOLLOWERS),
        ("plan_trial", FOLLOWERS, FOLLOWERS),
        ("trial_verdict", FOLLOWERS, FOLLOWERS),
        ("end_trial", "", FOLLOWERS),
        ("close_task", FOLLOWERS, FOLLOWERS),
        ("put_off_task", FOLLOWERS, FOLLOWERS),
        ("share", FOLLOWERS, FOLLOWERS),
        ("shared", COUNSELLORS, ""),
        ("end_share", "", FOLLOWERS),
    ),
    Row("counsellor:journey_theme", get=FOLLOWERS, fill={"slug": "overeenkomst"}),
    Row("counsellor:outcome", post=FOLLOWERS, fill={"outcome": "seen"}),
    Row("host:visits", get="host", post="host"),
    Row("host:close_slot", post="host", fill={"slot_id": "visit_slot_id"}),
    Row("host:call_off", post="host", fill={"invitation_id": "visit_id"}),
    Row("host:outcome", post="host", fill={"invitation_id": "visit_id", "outcome": "seen"}),
    Row("host:trial", get="host mentor", post="host mentor"),
    Row("coordinator:my_day", get="coordinator"),
    Row("coordinator:ask_moments", post="coordinator"),
    Row("jobseeker:why", get=ANYBODY, fill=_OWN),
)
_DRAFT = {"plan_id": "draft_id", "goal_id": "draft_goal_id", "action_id": "draft_action_id"}
PLANS = (
    Row("counsellor:plan", get=FOLLOWERS, post=FOLLOWERS),
    Row("counsellor:plan_level", get=FOLLOWERS, post=FOLLOWERS),
    Row("counsellor:plan_step", post=FOLLOWERS, fill={"name": "klopt"}),
    Row("counsellor:plan_aim", post=FOLLOWERS, fill=_DRAFT),
    Row("counsellor:plan_remark", post=FOLLOWERS),
    Row("counsellor:plan_pdf", get=FOLLOWERS),
    Row("counsellor:plan_new_goal", get=FOLLOWERS, post=FOLLOWERS, fill=_DRAFT),
    Row("counsellor:plan_goal", get=FOLLOWERS, post=FOLLOWERS, fill=_DRAFT),
    Row("counsellor:plan_goal_state", post=FOLLOWERS),
    Row("counsellor:plan_new_action", get=FOLLOWERS, post=FOLLOWERS, fill=_DRAFT),
    Row("counsellor:plan_action", get=FOLLOWERS, post=FOLLOWERS, fill=_DRAFT),
    Row("counsellor:plan_tick", post=FOLLOWERS),
    Row("host:learner", get="host mentor", fill={"placement_id": "worked_id"}),
    Row("jobseeker:plan", get=ANYBODY, post=ANYBODY, fill=_OWN),
    Row("jobseeker:plan_agree", post=ANYBODY, fill=_OWN),
    Row("jobseeker:plan_pdf", get=ANYBODY, fill=_OWN),
    Row("jobseeker:plan_tick", post=ANYBODY, fill=_OWN),
)
HOST = (
    *_desk(
        "host",
        ("home", "host", ""),
        ("place", "host", ""),
        ("confirm", "", "host"),
        ("pause", "host", "host"),
        ("resume", "", "host"),
        ("proposal", "host", ""),
        ("fresh_link", ANYBODY, ANYBODY),
    ),
    Row("host:answer", get="host", post="host", fill={"answer": "nee"}),
    Row("host:link", get=ANYBODY, fill={"token": "host_token"}),
    Row("host:link_answer", get=ANYBODY, post=ANYBODY, fill={"token": "host_token", "answer": "nee"}),
    Row("host:link_confirm", post=ANYBODY, fill={"token": "place_token"}),
    Row("host:link_pause", get=ANYBODY, post=ANYBODY, fill={"token": "place_token"}),
    Row("host:link_visits", get=ANYBODY, post=ANYBODY, fill={"token": "place_token"}),
    Row("host:link_close_slot", post=ANYBODY, fill={"token": "place_token", "slot_id": "visit_slot_id"}),
)
FLOOR = "host mentor"
_AUGUST = {"month": "2023-08"}
_SHEET = {"placement_id": "worked_id", "month": "2023-08"}
_ROTATION = {"contract_id": "rotating_id", "on": "2023-09-18"}
_DAY = {"placement_id": "worked_id", "on": "2023-09-01"}


def _months(desk: str, lists: str, sheets: str) -> tuple[Row, ...]:
    """Return the rows of signing months at a desk: who sees the lists, and who the sheet of the first person."""
    return (
        Row(f"{desk}:months", get=lists),
        Row(f"{desk}:month", get=lists, fill=_AUGUST),
        Row(f"{desk}:sign_months", post=lists, fill=_AUGUST),
        Row(f"{desk}:month_sheet", get=sheets, fill=_SHEET),
        Row(f"{desk}:reopen_month", post=sheets, fill=_SHEET),
        Row(f"{desk}:correct_day", get=sheets, post=sheets, fill=_SHEET),
        Row(f"{desk}:add_day", get=sheets, post=sheets, fill=_SHEET),
    )


ATTENDANCE = (
    Row("host:floor", get=FLOOR),
    Row("host:week", get=FLOOR),
    Row("host:queues", get=FLOOR),
    Row("host:rotation", get=FLOOR),
    Row("host:rotation_everyone", post=FLOOR, fill={"on": "2023-09-18"}),
    Row("host:rotation_row", get=FLOOR, fill=_ROTATION),
    Row("host:rotation_note", post=FLOOR, fill=_ROTATION),
    Row("host:wall", get=FLOOR, fill={"site_id": "floor_site_id"}),
    Row("host:save_week", post=FLOOR, fill={"on": "2023-09-01"}),
    Row("host:everyone", post=FLOOR, fill={"on": "2023-09-01"}),
    Row("host:floor_row", get=FLOOR, fill=_DAY),
    Row("host:note", post=FLOOR, fill=_DAY),
    Row("host:closures", get="host", post="host"),
    Row("host:end_closure", post="host", fill={"closure_id": "host_closure_id"}),
    Row("coordinator:months:closures", get="coordinator", post="coordinator"),
    Row("coordinator:months:end_closure", post="coordinator", fill={"closure_id": "host_closure_id"}),
    *_months("host", FLOOR, FLOOR),
    *_months("counsellor", COUNSELLORS, FOLLOWERS),
    *_months("coordinator:months", "coordinator", "coordinator"),
    Row("counsellor:bank_account", post=FOLLOWERS),
    Row("coordinator:months:mismatches", get="coordinator", fill=_AUGUST),
    Row("coordinator:months:payments_now", get="coordinator"),
    Row("coordinator:months:payments", get="coordinator", fill=_AUGUST),
    Row("coordinator:months:make_run", post="coordinator", fill=_AUGUST),
    Row("coordinator:months:account", get="coordinator", post="coordinator", fill=_AUGUST),
    Row("coordinator:months:run", get="coordinator"),
    Row("coordinator:months:approve_run", post="coordinator"),
    Row("coordinator:months:discard_run", post="coordinator"),
    Row("coordinator:months:export_run", post="coordinator", fill={"kind": "sepa"}),
    Row("jobseeker:hours", get=ANYBODY, fill=_OWN),
    Row("jobseeker:confirm_hours", post=ANYBODY, fill=_OWN),
    Row("jobseeker:bank_account", post=ANYBODY, fill=_OWN),
    Row("jobseeker:answer_day", post=ANYBODY, fill=_OWN),
)
MENTORS = (
    *_desk(
        "coordinator:mentors",
        ("home", "coordinator", ""),
        ("trainings", "coordinator", ""),
        ("offer_training", "coordinator", "coordinator"),
        ("training", "coordinator", ""),
        ("training_enrol", "", "coordinator"),
        ("cancel_training", "", "coordinator"),
        ("certify_training", "", "coordinator"),
        ("register", "coordinator", ""),
        ("export_register", "", "coordinator"),
        ("package", "coordinator", ""),
        ("export_package", "", "coordinator"),
        ("fact_sheet", "coordinator", ""),
        ("mentor_certify", "", "coordinator"),
    ),
    Row("coordinator:mentors:note_training", post="coordinator", fill={"answer": "ja"}),
    *(
        row
        for desk, who in (("coordinator:mentors", "coordinator"), ("host", FLOOR))
        for row in _desk(
            desk,
            ("mentor", who, ""),
            ("mentor_away", who, who),
            ("mentor_back", "", who),
            ("mentor_stand_in", who, who),
            ("mentor_stop_stand_in", "", who),
            ("mentor_enrol", "", who),
            ("mentor_cancel_seat", "", who),
            ("mentor_paper", who, ""),
        )
    ),
    Row("host:mentors", get=FLOOR),
    Row("host:fact_sheet", get="host"),
    Row("host:close_floor", post="host"),
)
_WRITTEN = {"evaluation_id": "evaluated_id"}
EVALUATIONS = (
    Row("host:evaluations", get=FLOOR),
    Row("host:evaluation", get=FLOOR, post=FLOOR),
    Row("host:correct_evaluation", get=FLOOR, post=FLOOR, fill=_WRITTEN),
    Row("counsellor:competences", get=FOLLOWERS),
    Row("counsellor:ask_evaluation", post=FOLLOWERS),
    Row("counsellor:evaluation", get=FOLLOWERS, post=FOLLOWERS),
    Row("counsellor:correct_evaluation", get=FOLLOWERS, post=FOLLOWERS, fill=_WRITTEN),
    Row("counsellor:call_evaluation", post=FOLLOWERS),
    Row("counsellor:answer_evaluation", post=FOLLOWERS, fill=_WRITTEN),
    Row("jobseeker:evaluation", get=ANYBODY, fill=_OWN),
    Row("jobseeker:answer_evaluation", post=ANYBODY, fill={**_OWN, **_WRITTEN}),
)
AFTERWARDS = (
    *_desk(
        "counsellor",
        ("outcomes", COUNSELLORS, ""),
        ("relay_make", "", FOLLOWERS),
        ("relay", FOLLOWERS, FOLLOWERS),
        ("relay_offer", "", FOLLOWERS),
        ("relay_withdraw", "", FOLLOWERS),
        ("relay_answer", "", FOLLOWERS),
        ("relay_pdf", FOLLOWERS, ""),
        ("return_to_caseload", FOLLOWERS, FOLLOWERS),
        ("sheet", FOLLOWERS, ""),
    ),
    Row("counsellor:call_off_placement", get=FOLLOWERS, post=FOLLOWERS),
    Row("counsellor:end_as_agreed", post=FOLLOWERS, fill={"placement_id": "worked_id"}),
    Row("counsellor:end_placement", get=FOLLOWERS, post=FOLLOWERS, fill={"placement_id": "worked_id"}),
    Row("counsellor:outcome_tell", post=FOLLOWERS, fill={"moment": "m3"}),
    Row("counsellor:sheet_copied", post=FOLLOWERS, fill={"line": "last_name"}),
    Row("host:relay_link", get=ANYBODY, post=ANYBODY, fill={"token": "relay_token"}),
    Row("host:relay_sent_back", get=ANYBODY),
    Row("host:relay_link_pdf", get=ANYBODY, fill={"token": "relay_token"}),
    Row("jobseeker:outcome", get=ANYBODY, post=ANYBODY, fill=_OWN),
    *_desk(
        "coordinator:settings",
        ("home", "coordinator", ""),
        ("terms", "", "coordinator"),
        ("rules", "", "coordinator"),
        ("competences", "coordinator", "coordinator"),
    ),
    Row("coordinator:settings:retire", post="coordinator", fill={"code": "competence_code"}),
    *_desk("coordinator:reports", ("report", "coordinator", ""), ("people", "coordinator", ""), ("export", "", "coordinator")),
)
AUDITOR = (
    Row("privacy:home", get="auditor"),
    Row("privacy:person", get="auditor", everywhere="auditor"),
    Row("privacy:replay", post="auditor", everywhere="auditor"),
    Row("privacy:rules", get="auditor"),
)
ROSTERS = (
    *_desk("planner", *ASSOCIATION),
    *_desk(
        "planner",
        ("rosters", "planner", ""),
        ("ask_roster", "planner", "planner"),
        ("away", "planner", "planner"),
        ("roster", "planner", ""),
        ("roster_progress", "planner", ""),
        ("roster_again", "", "planner"),
        ("roster_copy", "", "planner"),
        ("roster_undo", "", "planner"),
        ("roster_publish", "planner", "planner"),
        ("roster_compare", "planner", ""),
        ("roster_score", "planner", ""),
        ("lost", "planner", ""),
        ("suppositions", "planner", ""),
        ("month", "planner", ""),
        ("month_close", "", "planner"),
        ("month_export", "", "planner"),
        ("walls", "planner", ""),
        ("wall", "planner", ""),
        ("paper", "planner", ""),
        ("sheets", "planner", ""),
        ("paper_given", "", "planner"),
        ("shift", "planner", ""),
        ("shift_verdict", "planner", ""),
        ("shift_remove", "", "planner"),
    ),
    Row("planner:correction_approve", post="planner", fill={"month_id": "correction_id"}),
    Row("planner:correction_withdraw", post="planner", fill={"month_id": "correction_id"}),
    Row("planner:day_correction_decide", post="planner", fill={"correction_id": "day_correction_id"}),
    Row("planner:worker_hours", get="planner", fill={"contract_id": "rotating_id"}),
    Row("planner:worker_day", get="planner", post="planner", fill={"contract_id": "rotating_id", "on": "2023-09-18"}),
    Row("planner:suppose", get="planner", post="planner", fill={"kind": "vertrekt"}),
    Row("planner:supposition", get="planner", fill={"roster_id": "supposition_id"}),
    Row("planner:supposition_drop", post="planner", fill={"roster_id": "supposition_id"}),
    Row("planner:supposition_real", post="planner", fill={"roster_id": "supposition_id"}),
    Row("planner:roster_need", get="planner", fill={"work": "roster_work"}),
    Row("jobseeker:roster", get=ANYBODY, fill={"key": "roster_token"}),
    Row("jobseeker:roster_feed", get=ANYBODY, fill={"key": "roster_token"}),
    Row("planner:roster_give", post="planner", body={"plek": "roster_place"}),
    Row("planner:roster_pin", post="planner", body={"dag": "roster_day"}),
    Row("planner:shift_move", post="planner", body={"plek": "roster_place"}),
)
TABLE: tuple[Row, ...] = (
    *WAY_IN,
    *COORDINATOR,
    *LISTS,
    *RULE_PAGES,
    *COUNSELLOR,
    *AGREEMENT,
    *JOBSEEKER,
    *JOURNEY,
    *AFTERWARDS,
    *PLANS,
    *FOLLOW_UP,
    *HOST,
    *ATTENDANCE,
    *EVALUATIONS,
    *MENTORS,
    *ROSTERS,
    *AUDITOR,
)
