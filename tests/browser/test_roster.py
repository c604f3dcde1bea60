"""The planner's grid with a real mouse and with the keyboard alone: the checker's word, the move, and undoing it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Locator, Page
from tests.browser.behind import Behind
from tests.browser.walk import Walk
from tests.journey.rosters.cases import AT

from opstap.foundation.actor import system_actor
from opstap.journey.rosters.models import Roster, RosterChange, RosterShift
from opstap.journey.rosters.operations import copy_roster


def draft() -> UUID:
    """Return a draft beside the published roster of the demonstration."""
    told = Roster.objects.select_related("association").get(state="published")
    return copy_roster(roster=told, by=system_actor("test"), at=AT).pk


def place_of(roster_id: UUID, shift_id: str) -> tuple[str, str] | None:
    """Return who has the shift and on which day, None when nobody has it any more."""
    row = RosterShift.objects.filter(roster_id=roster_id, pk=shift_id).first()
    return (str(row.contract_id), row.on.isoformat()) if row else None


def people(roster_id: UUID) -> set[tuple[str, str]]:
    """Return who works on which day."""
    rows = RosterShift.objects.filter(roster_id=roster_id).values_list("contract_id", "on")
    return {(str(contract_id), on.isoformat()) for contract_id, on in rows}


def opened(walk: Callable[..., Walk], behind: Behind) -> tuple[Walk, UUID]:
    """Return the planner in front of the first week of a draft."""
    one, roster_id = walk(1280), behind.call(draft)
    one.log_in("planner")
    one.go(reverse("planner:roster", args=[roster_id]))
    return one, roster_id


def lift(page: Page, chip: Locator) -> None:
    """Take a shift up with the mouse, a little way from where it lay."""
    chip.hover()
    page.mouse.down()
    box = chip.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2 + 8, box["y"] + box["height"] / 2 + 8, steps=4)


def test_shift_is_dragged_to_another_person(walk: Callable[..., Walk], behind: Behind) -> None:
    """Lifted, the places say yes or no; over one the cost stands in words; dropped it is done, and one press takes it back."""
    one, roster_id = opened(walk, behind)
    page, chip = one.page, one.page.locator("a[data-shift]").first
    before = behind.call(people, roster_id)
    lift(page, chip)
    target = page.locator("td.may:not(:has(a))").first
    target.wait_for()
    to = (target.get_attribute("data-who"), target.get_attribute("data-on"))
    target.hover()
    target.hover()
    assert page.locator("#verdict").inner_text() not in {"", page.locator("#verdict").get_attribute("data-wait")}
    with page.expect_navigation():
        page.mouse.up()
    after = behind.call(people, roster_id)
    assert (to in after - before, len(before - after)) == (True, 1)
    with page.expect_navigation():
        page.get_by_role("button", name="Ongedaan maken").click()
    assert behind.call(people, roster_id) == before


def test_forbidden_place_takes_nothing(walk: Callable[..., Walk], behind: Behind) -> None:
    """Dropped where the checker says no, the shift stays where it was."""
    one, roster_id = opened(walk, behind)
    page, chip = one.page, one.page.locator("a[data-shift]").first
    before = behind.call(people, roster_id)
    lift(page, chip)
    target = page.locator("td.mayno").first
    target.wait_for()
    target.hover()
    target.hover()
    assert page.locator("#verdict").inner_text().startswith("Kan niet:")
    page.mouse.up()
    assert (behind.call(people, roster_id), behind.call(RosterChange.objects.filter(roster_id=roster_id).count)) == (before, 0)


def test_keyboard_does_what_the_mouse_does(walk: Callable[..., Walk], behind: Behind) -> None:
    """Enter opens a shift, Tab reaches a place that may be, Enter takes it: no mouse at all."""
    one, roster_id = opened(walk, behind)
    page, before = one.page, behind.call(people, roster_id)
    page.locator("a[data-shift]").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.form?.elements.plek ? true : false"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    after = behind.call(people, roster_id)
    assert (before != after, behind.call(RosterChange.objects.filter(roster_id=roster_id).count)) == (True, 1)
