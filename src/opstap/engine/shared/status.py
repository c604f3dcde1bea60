"""What a solver can say of its result."""

from enum import StrEnum


class SolverStatus(StrEnum):
    """OPTIMAL is proven; FEASIBLE carries a bound and a gap; INFEASIBLE names the clashing rules; TIMED_OUT gives the best so far."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    TIMED_OUT = "timed_out"
