"""An employers' association: members and sites, functions and demand, contracts and candidates, workbooks on their way in."""

from opstap.journey.associations.models.contracts import Candidate, Contract, ContractAbsence, Skill, Support, Wish
from opstap.journey.associations.models.lists import Intake, IntakeRow
from opstap.journey.associations.models.structure import Association, Coach, CoachAbsence, Membership, SiteClosure, SiteTerms
from opstap.journey.associations.models.work import DAY_MINUTES, Function, Shortage, ShortageList, ShortageOccupation, SiteDemand

__all__ = [
    "DAY_MINUTES",
    "Association",
    "Candidate",
    "Coach",
    "CoachAbsence",
    "Contract",
    "ContractAbsence",
    "Function",
    "Intake",
    "IntakeRow",
    "Membership",
    "Shortage",
    "ShortageList",
    "ShortageOccupation",
    "SiteClosure",
    "SiteDemand",
    "SiteTerms",
    "Skill",
    "Support",
    "Wish",
]
