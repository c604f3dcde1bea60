"""Where each role lands, and the pages it can go to: addresses by name, so that a desk that is not there is not shown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, get_script_prefix
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.actor import Role
from opstap.ui.addresses import reverse
from opstap.ui.navigation import NavItem, navigation

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor

LANDING: dict[Role, str] = {
    Role.COORDINATOR: "coordinator:home",
    Role.COUNSELLOR: "counsellor:my_day",
    Role.TEAM_LEAD: "counsellor:my_day",
    Role.HOST: "host:home",
    Role.MENTOR: "host:floor",
    Role.PLANNER: "planner:home",
    Role.ADMINISTRATOR: "coordinator:rules:parameters",
    Role.AUDITOR: "privacy:home",
}
"""The first page of each role."""


ROLE_NAMES: dict[Role, str] = {
    Role.COUNSELLOR: "counsellor",
    Role.TEAM_LEAD: "team lead",
    Role.HOST: "host organisation",
    Role.MENTOR: "mentor",
    Role.PLANNER: "planner",
    Role.COORDINATOR: "coordinator",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
}
"""What each role is called."""


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def landing_url(actor: Actor) -> str:
    """Return the first page of the actor's first role, or "" for somebody without a role today."""
    return next((url for role, name in LANDING.items() if actor.has(role) and (url := _url(name))), "")


_OF_A_CASE = (
    "beslissing",
    "voorstel",
    "overeenkomst",
    "handtekening",
    "evaluatie",
    "proefdag",
    "plan",
    "plaatsing",
    "einde",
    "overdracht",
    "gedeeld",
)
"""Pages under the counsellor's first page that belong to one case file, by the first part of their address."""


def _menu_path(path: str) -> str:
    """Return where in the menu a page belongs: what is part of a case file stands under the caseload, not under the day."""
    desk = _url("counsellor:my_day")
    is_of_a_case = bool(desk) and path.startswith(desk) and path.removeprefix(desk).split("/", 1)[0] in _OF_A_CASE
    return _url("counsellor:caseload") if is_of_a_case else path


def staff_navigation(actor: Actor, path: str) -> list[NavItem]:
    """Return the pages that the actor's roles may open, in the order of a working day; the longest match is current."""
    roles = frozenset(role for role in Role if actor.has(role))
    return navigation(_menu_path(path), *_pages_of(roles, get_language(), get_script_prefix()))


@lru_cache(maxsize=256)
def _pages_of(roles: frozenset[Role], language: str | None, prefix: str) -> list[tuple[str, str]]:
    """Return name and address of each page; few different sets of roles open all pages there are."""
    del language, prefix  # they are active: here they only keep the menus apart in memory
    pages = (
        (_("My day"), "counsellor:my_day", (Role.COUNSELLOR, Role.TEAM_LEAD)),
        (_("My moments"), "counsellor:appointments", (Role.COUNSELLOR, Role.TEAM_LEAD)),
        (_("Caseload"), "counsellor:caseload", (Role.COUNSELLOR, Role.TEAM_LEAD)),
        (_("Months"), "counsellor:months", (Role.COUNSELLOR, Role.TEAM_LEAD)),
        (_("Outcomes"), "counsellor:outcomes", (Role.COUNSELLOR, Role.TEAM_LEAD)),
        (_("Team"), "counsellor:team", (Role.TEAM_LEAD,)),
        (_("My day"), "coordinator:my_day", (Role.COORDINATOR,)),
        (_("Board"), "coordinator:home", (Role.COORDINATOR,)),
        (_("Funnel"), "coordinator:funnel", (Role.COORDINATOR,)),
        (_("Rounds"), "coordinator:rounds", (Role.COORDINATOR,)),
        (_("Mentors"), "coordinator:mentors:home", (Role.COORDINATOR,)),
        (_("Months"), "coordinator:months:months", (Role.COORDINATOR,)),
        (_("Reports"), "coordinator:reports:report", (Role.COORDINATOR,)),
        (_("Import"), "coordinator:imports:batches", (Role.COORDINATOR,)),
        (_("Settings"), "coordinator:settings:home", (Role.COORDINATOR,)),
        (_("Rules"), "coordinator:rules:parameters", (Role.COORDINATOR, Role.ADMINISTRATOR, Role.TEAM_LEAD)),
        (_("Letters to print"), "jobseeker:letters", (Role.COORDINATOR, Role.COUNSELLOR, Role.TEAM_LEAD)),
        (_("Our places"), "host:home", (Role.HOST,)),
        (_("Visits and trial days"), "host:visits", (Role.HOST,)),
        (_("Today"), "host:floor", (Role.MENTOR, Role.HOST)),
        (_("Evaluations"), "host:evaluations", (Role.MENTOR, Role.HOST)),
        (_("Months"), "host:months", (Role.MENTOR, Role.HOST)),
        (_("Mentors"), "host:mentors", (Role.MENTOR, Role.HOST)),
        (_("Rosters"), "planner:rosters", (Role.PLANNER,)),
        (_("Association"), "planner:home", (Role.PLANNER,)),
        (_("Workers"), "planner:workers", (Role.PLANNER,)),
        (_("Demand"), "planner:demand", (Role.PLANNER,)),
        (_("Functions"), "planner:functions", (Role.PLANNER,)),
        (_("Lists"), "planner:lists", (Role.PLANNER,)),
        (_("Who looked"), "privacy:home", (Role.AUDITOR,)),
    )
    return [(label, url) for label, name, theirs in pages if roles.intersection(theirs) and (url := _url(name))]
