"""Matching people to places: an optimum that is proven, explained and checked.

`problem` says what is asked, `solve` answers, `check` verifies without a solver, `explain` says why, why not and what would change it.
"""
