"""Statuses of a contract, kinds of absence, stages of hiring, focus groups."""

from __future__ import annotations

from enum import StrEnum


class SupportStatus(StrEnum):
    """The wage support that a contract rests on."""

    VOP = "vop"
    IMW = "imw"
    CMW_WOP = "cmw_wop"
    OTHER = "other"


class CoachingLevel(StrEnum):
    """How much coaching goes with the support."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class AbsenceKind(StrEnum):
    """Why somebody is away, as far as a planner needs to know: never anything of somebody's health."""

    LEAVE = "leave"
    TRAINING = "training"
    AWAY = "away"


class SkillSource(StrEnum):
    """How it is known that somebody can do a function."""

    LISTED = "listed"
    COACH = "coach"


class HiringStage(StrEnum):
    """Where somebody stands between interest and a contract."""

    INTERESTED = "interested"
    ELIGIBLE = "eligible"
    INTERVIEW = "interview"
    CONTRACT = "contract"
    STOPPED = "stopped"


TRANSITIONS: dict[HiringStage, frozenset[HiringStage]] = {
    HiringStage.INTERESTED: frozenset({HiringStage.ELIGIBLE, HiringStage.STOPPED}),
    HiringStage.ELIGIBLE: frozenset({HiringStage.INTERVIEW, HiringStage.INTERESTED, HiringStage.STOPPED}),
    HiringStage.INTERVIEW: frozenset({HiringStage.CONTRACT, HiringStage.ELIGIBLE, HiringStage.STOPPED}),
    HiringStage.CONTRACT: frozenset(),
    HiringStage.STOPPED: frozenset({HiringStage.INTERESTED}),
}
"""Which stage may follow which; a contract is made by hiring, never by a move alone."""


TOWARDS_A_CONTRACT = (HiringStage.INTERESTED, HiringStage.ELIGIBLE, HiringStage.INTERVIEW, HiringStage.CONTRACT)
"""The way to a contract; each stage follows the one before by `TRANSITIONS`."""


class FocusGroup(StrEnum):
    """People to whom the association gives special attention; counted, never used to refuse or to order anybody."""

    LOW_EDUCATED_UNDER_25 = "low_educated_under_25"
    AGED_55_PLUS = "aged_55_plus"


class IntakeState(StrEnum):
    """What became of a workbook that was uploaded."""

    UPLOADED = "uploaded"
    APPLIED = "applied"
    SET_ASIDE = "set_aside"


class Part(StrEnum):
    """The sheets of a workbook, in the order in which they are brought in."""

    SITES = "sites"
    FUNCTIONS = "functions"
    DEMANDS = "demands"
    COACHES = "coaches"
    WORKERS = "workers"
    ABSENCES = "absences"


class Verdict(StrEnum):
    """What a row of a workbook would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"
