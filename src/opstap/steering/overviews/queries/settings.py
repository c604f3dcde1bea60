"""What a coordinator sets for a programme: days, hours and numbers, each with what it does, what is sane, and who set it last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, Role
from opstap.foundation.programmes.enums import TERMS
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.queries import coordinated_programme
from opstap.journey.followup.enums import RANGES, Rule, rules_on
from opstap.journey.followup.models import RuleNumber
from opstap.journey.followup.queries import rules_for
from opstap.journey.plans.models import Competence, TaskGroup


@dataclass(frozen=True, slots=True)
class Setting:
    """One number: how a form names it, what it is called and does, what it is now and at first, and what is sane."""

    key: str
    title: Reason
    does: Reason
    value: int
    at_first: int
    least: int
    most: int
    set_by: str = ""
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """One rule as it reads now, with its numbers."""

    title: Reason
    reads: Reason
    numbers: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """Everything that a coordinator sets for one programme."""

    programme: Programme
    terms: tuple[Setting, ...]
    rules: tuple[RuleSettings, ...]

    @property
    def numbers(self) -> tuple[Setting, ...]:
        """The numbers of every rule."""
        return tuple(number for rule in self.rules for number in rule.numbers)


@dataclass(frozen=True, slots=True)
class CatalogueGroup:
    """A group of the catalogue: how many the product offers, and what the programme added itself."""

    group: TaskGroup
    offered: int
    own: tuple[Competence, ...]


def settings_page(actor: Actor, programme_id: UUID | None, on: date) -> SettingsPage | None:
    """Return what is set for a programme that the actor coordinates (the latest when none is named), or None. Three queries."""
    programme = _own(actor, programme_id)
    if programme is None:
        return None
    terms = tuple(_term(programme, name) for name in TERMS)
    last = {(row.rule, row.name): row for row in RuleNumber.objects.filter(programme=programme).order_by("at", "id")}
    held = rules_for(programme.pk, on)
    rules = []
    for rule, at_first in rules_on(on).items():
        names = [name for name in RANGES[rule] if name in at_first.facts]
        numbers = tuple(_number(rule, name, held[rule][name], at_first[name], last.get((rule.value, name))) for name in names)
        rules.append(RuleSettings(Reason(f"followup.{rule.value}"), Reason(f"followup.rule.{rule.value}", held[rule].facts), numbers))
    return SettingsPage(programme, terms, tuple(rules))


def own_catalogue(actor: Actor, programme_id: UUID | None) -> tuple[Programme, tuple[CatalogueGroup, ...]] | None:
    """Return the groups of the catalogue with what a programme added to each, for who coordinates it, or None. Three queries."""
    programme = _own(actor, programme_id)
    if programme is None:
        return None
    offered: dict[str, int] = {}
    own: dict[str, list[Competence]] = {}
    for row in Competence.objects.filter(is_active=True).exclude(programme__isnull=False).order_by().values_list("group_id", flat=True):
        offered[row] = offered.get(row, 0) + 1
    for competence in Competence.objects.filter(programme=programme).order_by("-is_active", "label"):
        own.setdefault(competence.group_id, []).append(competence)
    groups = TaskGroup.objects.order_by("position")
    return programme, tuple(CatalogueGroup(group, offered.get(group.pk, 0), tuple(own.get(group.pk, ()))) for group in groups)


def own_competence(actor: Actor, code: str) -> Competence | None:
    """Return one that a programme of the actor added itself, or None."""
    own = Competence.objects.select_related("programme").filter(pk=code, programme__isnull=False).first()
    return own if own is not None and own.programme_id in actor.programme_ids(Role.COORDINATOR) else None


def _own(actor: Actor, programme_id: UUID | None) -> Programme | None:
    return coordinated_programme(actor, programme_id)


def _term(programme: Programme, name: str) -> Setting:
    least, most = TERMS[name]
    at_first = getattr(Programme(), name)
    title, does = Reason(f"programmes.term.{name}"), Reason(f"programmes.term_does.{name}")
    return Setting(name, title, does, getattr(programme, name), at_first, least, most)


def _number(rule: Rule, name: str, value: int, at_first: int, row: RuleNumber | None) -> Setting:
    least, most = RANGES[rule][name]
    title = Reason(f"followup.number.{name}")
    return Setting(
        f"{rule.value}-{name}", title, Reason(f"followup.number_does.{name}"), value, at_first, least, most,
        row.by_label if row else "", row.at if row else None,
    )  # fmt: skip
