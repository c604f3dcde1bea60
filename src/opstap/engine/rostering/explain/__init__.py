"""Why: for every shift, every shortage, every wish; and what is scarce. From the facts of the checker; knows no solver."""

from opstap.engine.rostering.explain.goals import Goal, goals
from opstap.engine.rostering.explain.prices import Scarcity, scarcities
from opstap.engine.rostering.explain.unmet import Unmet, unmet
from opstap.engine.rostering.explain.why import why_here, why_not_there, worse_reasons

__all__ = ["Goal", "Scarcity", "Unmet", "goals", "scarcities", "unmet", "why_here", "why_not_there", "worse_reasons"]
