"""The one decorator for compiled code: typed, cached on disk, free of the interpreter lock so that threads run side by side."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Return the function compiled to machine code on its first call; integers wrap and division by zero is not checked."""
    return cast("Function", njit(cache=True, nogil=True, error_model="numpy")(function))


def forget_stale_code(folder: Path) -> None:
    """Remove compiled code that is older than any source in the folder.

    Compiled code contains the kernels it calls, also those of other files, but its cache only looks at its own file: without
    this, a change in one file would leave the old rule alive in another.
    """
    newest = max((source.stat().st_mtime_ns for source in folder.glob("*.py")), default=0)
    for index in (folder / "__pycache__").glob("*.nbi"):
        with contextlib.suppress(OSError):  # gone already, or a folder that cannot be written: then nothing was cached there
            if index.stat().st_mtime_ns < newest:
                index.unlink()


forget_stale_code(Path(__file__).parent)
