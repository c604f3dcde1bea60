"""What is said of rosters as a planner makes them: why something cannot be done, and how a roster stands."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "rosters.is_done": "This roster was made already.",
    "rosters.is_pinned": "This day is pinned. Take the pin away first.",
    "rosters.kind.copy": "changed by hand",
    "rosters.kind.new": "new",
    "rosters.kind.repair": "repaired",
    "rosters.kind.what_if": "what if",
    "rosters.may_not_plan": "You do not plan for this association.",
    "rosters.no_draft": "This roster cannot be changed (any more). Make a draft beside it.",
    "rosters.nobody": "nobody",
    "rosters.not_a_worker": "This person has no contract in these weeks.",
    "rosters.not_pinned": "This day is not pinned.",
    "rosters.nothing_to_undo": "There is nothing to undo.",
    "rosters.order_unknown": "The order of what counts has a rule twice, or one that is not known.",
    "rosters.physical_limit": "{function} asks something that does not go together with a limit in the person's file.",
    "rosters.result_rejected": "The check refused the roster that was found ({rule}). Nothing changed; try again with another seed.",
    "rosters.shift_gone": "This shift is not there any more. Somebody changed the roster meanwhile.",
    "rosters.solver_stopped": "The search was stopped before it gave a roster. Ask for it again.",
    "rosters.state.draft": "waits for its turn",
    "rosters.state.failed": "could not be made",
    "rosters.state.published": "published",
    "rosters.state.ready": "draft",
    "rosters.state.replaced": "replaced by a later one",
    "rosters.state.solving": "is being made",
    "rosters.under_way": "A roster is being made already. Wait until it is there.",
    "rosters.within_notice": "A change within the notice needs the person's yes. Not agreed yet with: {people}.",
}
