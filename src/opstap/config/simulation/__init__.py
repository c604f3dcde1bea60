"""A simulated year: what people, hosts and staff do between a list and lasting work, through the product's own operations."""

from opstap.config.simulation.check import broken_promises
from opstap.config.simulation.world import Told
from opstap.config.simulation.year import simulate

__all__ = ["Told", "broken_promises", "simulate"]
