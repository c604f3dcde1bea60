"""Rows to problem, problem to finding, finding to rows: the room's only door to the engine."""

from opstap.journey.matching.assembly.finding import Finding, find, store_finding
from opstap.journey.matching.assembly.pair import PairCheck, check_pair, check_places
from opstap.journey.matching.assembly.problem import LeftOut, RoundInput, build_problem, read_round
from opstap.journey.matching.assembly.what_if import Trial, TrialOutcome, try_out

__all__ = [
    "Finding",
    "LeftOut",
    "PairCheck",
    "RoundInput",
    "Trial",
    "TrialOutcome",
    "build_problem",
    "check_pair",
    "check_places",
    "find",
    "read_round",
    "store_finding",
    "try_out",
]
