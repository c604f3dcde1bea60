"""Small min-heaps in slices of shared arrays: key and payload side by side, the smallest key on top."""

from __future__ import annotations

from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.matching.scale.kernel import kernel


@kernel
def sift_up(keys: Int32 | Int64, items: Int32, at: int, index: int) -> None:
    """Move the entry at `index` of the heap that starts at `at` up to where it belongs."""
    key, item = keys[at + index], items[at + index]
    while index > 0:
        parent = (index - 1) // 2
        if keys[at + parent] <= key:
            break
        keys[at + index], items[at + index] = keys[at + parent], items[at + parent]
        index = parent
    keys[at + index], items[at + index] = key, item


@kernel
def sift_down(keys: Int32 | Int64, items: Int32, at: int, size: int) -> None:
    """Move the top of the heap of `size` entries that starts at `at` down to where it belongs."""
    key, item = keys[at], items[at]
    index = 0
    while True:
        child = 2 * index + 1
        if child >= size:
            break
        if child + 1 < size and keys[at + child + 1] < keys[at + child]:
            child += 1
        if keys[at + child] >= key:
            break
        keys[at + index], items[at + index] = keys[at + child], items[at + child]
        index = child
    keys[at + index], items[at + index] = key, item


@kernel
def keep_largest(  # noqa: PLR0917 - compiled code takes its arguments by position
    keys: Int32 | Int64, items: Int32, at: int, size: int, room: int, key: int, item: int
) -> int:
    """Offer an entry to a heap that keeps the `room` largest; return its new size."""
    if size < room:
        keys[at + size], items[at + size] = key, item
        sift_up(keys, items, at, size)
        return size + 1
    if room and key > keys[at]:
        keys[at], items[at] = key, item
        sift_down(keys, items, at, size)
    return size
