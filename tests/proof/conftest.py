"""The world of the access matrix, for the proofs that send forms."""

from tests.house.conftest import seen, whole_world, world

__all__ = ["seen", "whole_world", "world"]
