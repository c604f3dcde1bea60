"""The one decorator for compiled code: typed, cached on disk, free of the interpreter lock so that threads run side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Return the function compiled to machine code on its first call; integers wrap and division by zero is not checked."""
    return cast("Function", njit(cache=True, nogil=True, error_model="numpy")(function))
