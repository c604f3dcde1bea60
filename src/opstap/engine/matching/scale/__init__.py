"""Matching at the size of a region or a country: certified, over all admissible pairs, without ever writing the pairs down."""

from opstap.engine.matching.scale.check import Certificate, certify
from opstap.engine.matching.scale.instance import Instance, People, Places, Weights
from opstap.engine.matching.scale.repair import repair
from opstap.engine.matching.scale.result import ScaledResult
from opstap.engine.matching.scale.solve import Progress, solve

__all__ = ["Certificate", "Instance", "People", "Places", "Progress", "ScaledResult", "Weights", "certify", "repair", "solve"]
