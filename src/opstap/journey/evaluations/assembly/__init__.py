"""When a placement is evaluated, and about which competences."""

from opstap.journey.evaluations.assembly.asked import asked_competences
from opstap.journey.evaluations.assembly.milestones import Milestone, days_of, milestone_due, milestones

__all__ = ["Milestone", "asked_competences", "days_of", "milestone_due", "milestones"]
