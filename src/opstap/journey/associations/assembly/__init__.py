"""From the rows of an association to rosters, premiums and lists on their way in: the only door to the engine of this room."""

from opstap.journey.associations.assembly.premiums import QuarterLine, quarter_premiums
from opstap.journey.associations.assembly.problem import named_problem, problem, public_holidays
from opstap.journey.associations.assembly.terms import Terms, terms_refused
from opstap.journey.associations.assembly.ways import Way, way

__all__ = ["QuarterLine", "Terms", "Way", "named_problem", "problem", "public_holidays", "quarter_premiums", "terms_refused", "way"]
