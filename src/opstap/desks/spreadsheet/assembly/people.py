"""Job seekers as the rules and the matching see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.reading import ReadRow
from opstap.desks.spreadsheet.geography import Atlas
from opstap.engine.eligibility import Answer, FactValue, Result, RuleBook, decide
from opstap.engine.matching.problem import Person
from opstap.engine.shared import Period
from opstap.engine.shared.entry import BEHIND_ENTRY, ENTRY_RULE, with_entry
from opstap.engine.shared.priority import is_55_plus, is_young_low_educated
from opstap.engine.shared.vocabulary import dutch_rank, half_day_mask

_FACTS = ("municipality", "registered_since", "income", "birth_date", "education", "work_limitation_right", "maatwerk_advice")


@dataclass(frozen=True, slots=True)
class PersonCase:
    """A job seeker in this round: the row, the key that the engine sees, and the decision per instrument."""

    key: str
    row: ReadRow[PersonRow]
    decisions: Mapping[str, Result]

    @property
    def person(self) -> PersonRow:
        """The person of the row; a case is made only of rows that can be used."""
        if self.row.value is None:
            raise ValueError("a case is made of a row that can be used")
        return self.row.value

    @property
    def decided(self) -> tuple[int, ...]:
        """What the decisions are, as a key: people with the same facts share the very same decisions."""
        return tuple(map(id, self.decisions.values()))

    @property
    def answers(self) -> dict[str, str]:
        """The answer per instrument of a place, after the entry rule of the programme."""
        after = with_entry({name: decision.answer.value for name, decision in self.decisions.items()})
        return {name: answer for name, answer in after.items() if name != ENTRY_RULE or len(after) == 1}

    @property
    def is_admitted(self) -> bool:
        """Whether at least one instrument is open."""
        return Answer.YES.value in self.answers.values()


def facts_of(person: PersonRow) -> dict[str, FactValue]:
    """Return what the list knows of the person and the rules may read; an unknown fact is left out."""
    return {name: value for name in _FACTS if (value := getattr(person, name)) is not None}


def decide_all(person: PersonRow, instruments: Sequence[str], rulebook: RuleBook, on: date) -> dict[str, Result]:
    """Return the explained decision on the person alone, per instrument."""
    facts = facts_of(person)
    return {instrument: decide(facts, rulebook, instrument, on) for instrument in instruments}


def key_of(person: PersonRow, number: int) -> str:
    """Return a key that does not change when the list is sorted otherwise: client number, national number, or name and birth date."""
    if person.client_number:
        return f"client {person.client_number}"
    if person.national_number:
        return f"national {person.national_number}"
    born = person.birth_date.isoformat() if person.birth_date else f"row {number}"
    return f"{fold(person.full_name)} {born}"


def matching_person(case: PersonCase, atlas: Atlas, titles: Mapping[str, str], on: date) -> Person:
    """Return the person for the matching; `titles` maps folded titles and codes to titles; what is not known is named."""
    row = case.person
    spot = atlas.locate(row.neighbourhood, row.municipality, row.postcode)
    return Person(
        key=case.key,
        half_days=half_day_mask(row.half_days or ()),
        dutch=dutch_rank(row.dutch_level or "none"),
        waiting_since=min(row.referred_on or on, on),
        licences=frozenset(row.licences or ()),
        limits=frozenset(row.limits or ()),
        longitude=spot.point[0] if spot else None,
        latitude=spot.point[1] if spot else None,
        neighbourhood=spot.name if spot else "",
        travel_mode=row.travel_mode or "public_transport",
        wishes=tuple(dict.fromkeys(titles.get(fold(wish), wish) for wish in row.wishes)),
        instruments=_in_force(case, on),
        closed=frozenset(name for name, answer in case.answers.items() if answer == Answer.NO.value),
        is_young_low_educated=is_young_low_educated(row.birth_date, row.education, on),
        is_55_plus=is_55_plus(row.birth_date, on),
        unknown=frozenset(_unknown(case, located=spot is not None)),
    )


def _in_force(case: PersonCase, on: date) -> dict[str, Period]:
    """Return the period of every open instrument: from the day of the round until time alone changes an answer."""
    opened = [name for name, answer in case.answers.items() if answer == Answer.YES.value]
    entry = case.decisions.get(ENTRY_RULE)
    periods = {name: Period(on, case.decisions[name].expires_on) for name in opened}
    if entry is not None:
        until = Period(on, entry.expires_on)
        periods = {name: period.common(until) or period if name in BEHIND_ENTRY else period for name, period in periods.items()}
    return periods


def _unknown(case: PersonCase, *, located: bool) -> list[str]:
    """Return the names of what the list does not tell; a rule that needs one of them asks for it."""
    row = case.person
    facts = {
        "half_days": row.half_days,
        "dutch": row.dutch_level,
        "licences": row.licences,
        "limits": row.limits,
        "travel_mode": row.travel_mode,
    }
    names = [name for name, value in facts.items() if value is None]
    answers = set(case.answers.values())
    return (
        names + ([] if located else ["location"]) + (["instruments"] if answers and "yes" not in answers and "unknown" in answers else [])
    )
