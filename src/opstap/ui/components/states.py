"""Every state that a badge can show: its tone, its shape and its word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as later


@dataclass(frozen=True, slots=True)
class State:
    """How a state looks: its tone (ok, wait, bad, info, still), its shape (a symbol of icons.svg) and its word in English."""

    tone: str
    icon: str
    word: str = ""


STATES: dict[str, State] = {
    "met": State("ok", "check", later("met")),
    "not_met": State("bad", "cross", later("not met")),
    "unknown": State("wait", "question", later("unknown")),
    "until": State("wait", "clock", later("until a date")),
    "eligible": State("ok", "check", later("may start")),
    "not_eligible": State("bad", "cross", later("may not start")),
    "facts_missing": State("wait", "question", later("facts missing")),
    "free": State("ok", "dot", later("free")),
    "taken": State("still", "ring", later("taken")),
    "held": State("wait", "half", later("held")),
    "paused": State("still", "pause", later("paused")),
    "proposed": State("info", "diamond", later("proposed")),
    "accepted": State("ok", "check", later("accepted")),
    "declined": State("bad", "cross", later("declined")),
    "lapsed": State("still", "clock", later("lapsed")),
    "waiting": State("wait", "clock", later("waiting")),
    "stalled": State("bad", "alert", later("stalled")),
    "stale": State("wait", "alert", later("not confirmed lately")),
    "new": State("info", "star", later("new")),
    "done": State("ok", "check", later("done")),
    "draft": State("still", "ring", later("draft")),
    "pinned": State("info", "pin", later("pinned")),
    "open": State("info", "ring", later("still open")),
    "to_be_agreed": State("wait", "half", later("to be agreed")),
    "placed": State("ok", "check", later("placed")),
    "closed": State("still", "ring", later("closed")),
    "cancelled": State("still", "cross", later("cancelled")),
    "sent": State("info", "diamond", later("sent")),
    "seat_taken": State("still", "ring", later("seat taken in the meantime")),
    "set_aside": State("still", "pause", later("set aside")),
    "replaced": State("still", "ring", later("replaced by a newer one")),
    "withdrawn": State("still", "cross", later("withdrawn")),
    "forbid": State("bad", "cross", later("ruled out")),
    "pin": State("info", "pin", later("pinned")),
    "veto": State("bad", "cross", later("the person does not want this place")),
    "host_refusal": State("bad", "cross", later("the host does not want this")),
    "interest": State("info", "star", later("the person is interested")),
    "queued": State("still", "clock", later("queued")),
    "running": State("info", "half", later("running")),
    "failed": State("bad", "alert", later("failed")),
    "preview": State("wait", "half", later("preview")),
    "applied": State("ok", "check", later("applied")),
    "discarded": State("still", "cross", later("discarded")),
    "ready_new": State("ok", "star", later("new, ready")),
    "ready_update": State("info", "check", later("change, ready")),
    "unchanged": State("still", "ring", later("unchanged")),
    "duplicate": State("wait", "question", later("perhaps the same")),
    "error": State("bad", "alert", later("in error")),
    "skipped": State("still", "pause", later("skipped")),
    "rehearsed": State("wait", "half", later("rehearsed")),
    "approved": State("info", "check", later("approved")),
    "in_force": State("ok", "check", later("in force")),
    "ok": State("ok", "check"),
    "wait": State("wait", "clock"),
    "bad": State("bad", "cross"),
    "info": State("info", "info"),
    "still": State("still", "ring"),
}
"""Every state a badge knows; the last five are tones for a text of one's own."""
