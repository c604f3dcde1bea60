"""What a shell needs to draw itself: the desk's own pages and the roles a person can switch between."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """One page in the navigation; `count` is what waits there (None: no number shown)."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Hat:
    """One role of the person at one organisation; `value` is what the switch form posts."""

    value: str
    role: str
    organisation: str
    is_current: bool = False


def navigation(path: str, *pages: tuple[str, str] | tuple[str, str, int | None]) -> list[NavItem]:
    """Return the pages `(label, url[, count])` as items; the longest URL that `path` starts with is current."""
    matching = [page[1] for page in pages if path == page[1] or path.startswith(page[1].rstrip("/") + "/")]
    current = max(matching, key=len, default="")
    return [NavItem(page[0], page[1], page[1] == current, page[2] if len(page) > 2 else None) for page in pages]  # noqa: PLR2004 - the third part is optional
