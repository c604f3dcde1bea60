"""A web process that has started looks only at what its requests leave behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from opstap.config.settling import settle


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Give the tests that follow the collector they had."""
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_settle_leaves_alone_what_is_there() -> None:
    """What is there before is frozen, but not what was rubbish; the next look comes after a page's worth of objects."""
    before = gc.get_freeze_count()
    rubbish: list[object] = []
    rubbish.append(rubbish)
    del rubbish
    settle()
    assert (before, gc.get_freeze_count() > 10_000, gc.collect(), gc.get_threshold()) == (0, True, 0, (50_000, 10, 10))


def test_web_process_settles_when_it_starts() -> None:
    """The door for web servers does it, not each server."""
    from importlib import reload  # noqa: PLC0415 - beside its only use

    from opstap.config import wsgi  # noqa: PLC0415 - importing it is what is tested

    reload(wsgi)
    assert gc.get_threshold() == (50_000, 10, 10)
