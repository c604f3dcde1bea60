"""All lawful paths of one worker as one diagram: a node is what still may follow, and every path from first to last is lawful.

States from which the same may follow are one node, so nothing is lost and little is left: limits that cannot matter disappear.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.shifts import kernel
from opstap.engine.rostering.shifts.automaton import Automaton

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Short = NDArray[np.int32]
Path = NDArray[np.int8]
_SLACK = 1e-7


@dataclass(frozen=True)
class Diagram:
    """`first` (days + 1): the first node of each day, then the end. `follow` (nodes, choices): the node after a choice, or -1."""

    first: Int
    follow: Short

    @property
    def shape(self) -> tuple[int, int]:
        """Days and choices."""
        return len(self.first) - 1, self.follow.shape[1]

    @cached_property
    def is_empty(self) -> bool:
        """Whether no path is lawful."""
        return not len(self.follow)

    @property
    def arcs(self) -> int:
        """Number of steps that are open."""
        return int((self.follow >= 0).sum())

    def best(self, cost: Float) -> tuple[float, Path]:
        """Return the lowest cost of a path under costs (days, choices), and that path; raises ValueError when there is none."""
        if self.is_empty:
            raise ValueError("no path is lawful")
        ahead, path = self._ahead(cost), np.empty(self.shape[0], np.int8)
        kernel.walk(self.first, self.follow, cost, ahead, 0, 0, path)
        return float(ahead[0]), path

    def answers(self, cost: Float, days: Int) -> tuple[float, list[Path]]:
        """Return the lowest cost, its path, and for each of these days the best path that does something else that day."""
        value, path = self.best(cost)
        ahead, (behind, came) = self._ahead(cost), self._behind(cost)
        best, where = np.empty(self.shape), np.empty(self.shape, np.int64)
        kernel.through(self.first, self.follow, cost, ahead, behind, best, where)
        best[np.arange(len(path)), path] = kernel.INFINITE
        found = [path]
        for day in days.tolist():
            choice = int(best[day].argmin())
            if best[day, choice] < kernel.INFINITE:
                found.append(self._path(cost, ahead, came, day, choice, int(where[day, choice])))
        return value, found

    def _path(  # noqa: PLR0917 - all that a sweep in both directions left behind
        self, cost: Float, ahead: Float, came: Short, day: int, choice: int, node: int
    ) -> Path:
        path = np.empty(self.shape[0], np.int8)
        kernel.walk_back(self.follow, cost, came, day, node, path)
        path[day] = choice
        kernel.walk(self.first, self.follow, cost, ahead, day + 1, int(self.follow[node, choice]), path)
        return path

    def within(self, cost: Float, most: float) -> Diagram:
        """Return the diagram of the paths whose every step lies on a path that costs at most `most`."""
        if self.is_empty:
            return self
        ahead, (behind, _) = self._ahead(cost), self._behind(cost)
        thinned = np.empty_like(self.follow)
        kernel.thin(self.first, self.follow, cost, ahead, behind, most + _SLACK, thinned)
        return _compressed(self.first, thinned)

    def where(self, is_open: NDArray[np.bool_]) -> Diagram:
        """Return the diagram of the paths that take only choices that are open (days, choices)."""
        return self.within(np.where(is_open, 0.0, 1.0), 0.0)

    def listed(self, cost: Float, most: float, room: int) -> NDArray[np.int8] | None:
        """Return all paths that cost at most `most`, (paths, days), or None when there are more than `room`."""
        paths = np.empty((room, self.shape[0]), np.int8)
        if self.is_empty:
            return paths[:0]
        count = kernel.listed(self.first, self.follow, cost, self._ahead(cost), most + _SLACK, paths)
        return None if count < 0 else paths[:count].copy()

    def _ahead(self, cost: Float) -> Float:
        value = np.empty(len(self.follow) + 1)
        kernel.to_end(self.first, self.follow, cost, value)
        return value

    def _behind(self, cost: Float) -> tuple[Float, Short]:
        value, came = np.empty(len(self.follow) + 1), np.empty(len(self.follow) + 1, np.int32)
        kernel.from_begin(self.first, self.follow, cost, value, came)
        return value, came


def diagram_of(automaton: Automaton) -> Diagram:
    """Return the diagram of a worker's machine."""
    days, choices = automaton.open_days.shape
    index = np.full(automaton.states, -1, np.int32)
    layer, layers = np.array([automaton.begin], np.int64), []
    for day in range(days):
        after = np.empty(min(len(layer) * choices, automaton.states), np.int64)
        arcs = np.empty((len(layer), choices), np.int32)
        count = kernel.expand(
            layer, day, automaton.open_days[day], automaton.follow, automaton.is_rest, automaton.units, automaton.counter,
            automaton.limits, automaton.powers, np.array(automaton.sizes), index, after, arcs,
        )  # fmt: skip
        layers.append(arcs)
        layer = after[:count]
    _, times, weekends, codes = automaton.sizes
    used = layer // (codes * weekends) % times
    return _joined(layers, np.where(used >= automaton.least, 0, -1).astype(np.int32))


def _compressed(first: Int, follow: Short) -> Diagram:
    """Return the diagram without what leads nowhere; `follow` numbers all nodes through."""
    layers = [
        np.where(follow[begin:end] >= 0, follow[begin:end] - end, -1).astype(np.int32)
        for begin, end in zip(first[:-1].tolist(), first[1:].tolist(), strict=True)
    ]
    return _joined(layers, np.zeros(1, np.int32))


def _joined(layers: list[Short], names: Short) -> Diagram:
    """Return the diagram of layers of arcs, each (states, choices) into the next; `names`: the nodes of the states after the last."""
    merged: list[Short] = []
    for arcs in reversed(layers):
        renamed = np.where(arcs >= 0, names[arcs], np.int32(-1)) if len(names) else np.full_like(arcs, -1)
        names, kept = np.empty(len(arcs), np.int32), np.empty_like(renamed)
        merged.append(kept[: kernel.merge(renamed, names, kept)].copy())
    merged = _reachable(merged[::-1])
    counts = [len(arcs) for arcs in merged]
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    if not counts[0]:
        return Diagram(first * 0, np.empty((0, merged[0].shape[1]), np.int32))
    moved = [np.where(arcs >= 0, arcs + base, np.int32(-1)) for arcs, base in zip(merged, first[1:].tolist(), strict=True)]
    return Diagram(first, np.concatenate(moved).astype(np.int32))


def _reachable(layers: list[Short]) -> list[Short]:
    """Return the layers without the nodes that no path from the first one reaches."""
    found, here = [], np.arange(min(1, len(layers[0])))
    for arcs in layers:
        kept = arcs[here]
        here = np.unique(kept[kept >= 0])
        name = np.full(int(arcs.max(initial=-1)) + 1, -1, np.int32)
        name[here] = np.arange(len(here))
        found.append(np.where(kept >= 0, name[kept], -1).astype(np.int32) if len(name) else kept)
    return found
