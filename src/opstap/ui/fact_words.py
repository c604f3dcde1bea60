"""Codes, dates, money and lists as a reader of Dutch expects to see them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from opstap.ui.words import texts, translate

if TYPE_CHECKING:
    from opstap.engine.shared.reason import FactValue, Scalar

_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")

CODES: dict[str, str] = {
    "mon_am": "Monday morning", "mon_pm": "Monday afternoon", "tue_am": "Tuesday morning", "tue_pm": "Tuesday afternoon",
    "wed_am": "Wednesday morning", "wed_pm": "Wednesday afternoon", "thu_am": "Thursday morning", "thu_pm": "Thursday afternoon",
    "fri_am": "Friday morning", "fri_pm": "Friday afternoon", "sat_am": "Saturday morning", "sat_pm": "Saturday afternoon",
    "sun_am": "Sunday morning", "sun_pm": "Sunday afternoon",
    "none": "none",
    "native": "native speaker", "unemployment_benefit": "unemployment benefit", "integration_allowance": "integration allowance",
    "living_wage": "living wage", "income_guarantee": "income guarantee benefit", "sickness_benefit": "sickness benefit",
    "walk": "on foot", "bike": "by bike", "public_transport": "by public transport", "car": "by car", "forklift": "forklift licence",
    "lifting": "heavy lifting", "standing": "standing for long", "heights": "working at height", "outdoors": "working outdoors in winter",
    "crowds": "busy surroundings", "dust": "dust or allergens",
    "work_learning_place": "work-learning place", "community_service": "community service", "work_experience": "work-experience internship",
    "lavoro_vop": "VOP at Lavoro", "imw": "individual custom work (IMW)",
    "local_government": "local government", "social_enterprise": "social enterprise", "employers_association": "employers' association",
    "project_association": "project association", "nonprofit": "non-profit association", "school": "school", "company": "company",
    "household": "private household",
    "vop": "right to VOP", "imw_2": "right to IMW for 2 years", "imw_5": "right to IMW for 5 years",
    "pmah": "advice: person with a work disability", "pmp": "advice: person with psychosocial problems",
    "very_vulnerable": "advice: very vulnerable person",
    "age55_career30": "55 or older with a career of 30 years", "igu_halftime": "at least half-time with income guarantee",
    "shortage_training": "training for a shortage occupation",
    "yes": "yes", "no": "no", "call_me": "call me",
    "people": "job seekers", "places": "places", "import": "an imported list", "counsellor": "counsellor",
    "person": "the person", "document": "a document",
    "coordinates": "coordinates the programme", "counsels": "follows job seekers", "hosts": "offers places",
    "not_yet_decided": "not yet decided", "fact_asked": "a fact is asked for",
    "condition_not_met": "a condition is not met",
    "no_round_yet": "no matching round yet",
    "proposal_to_send": "a proposal that is ready to be sent", "no_fitting_place": "no place that fits",
    "place_taken_by_others": "the fitting places are taken",
    "person_answer": "waits for the person's answer", "host_answer": "waits for the host's answer",
    "person_wants_call": "the person wants a call",
    "agreement": "waits for the agreement",
    "found_work": "found work", "started_training": "started a training", "other_support": "gets other support",
    "moved_away": "moved away", "person_stops": "does not want to go on", "no_contact": "could not be reached",
    "deceased": "died", "mistake": "was referred by mistake",
    "low": "no diploma of secondary education", "middle": "diploma of secondary education", "high": "diploma of higher education",
    "by_phone": "by telephone", "at_desk": "at the desk", "by_email": "by e-mail", "on_visit": "on a visit",
    "follows_person": "follows the person", "leads_team": "leads the team that follows the person",
    "desk": "at the desk", "link": "by the link in the letter or e-mail", "code": "by the code in the letter",
}  # fmt: skip
"""English text of the field's codes, where the code itself is not what people read."""


def day_in_words(day: date, language: str = "nl") -> str:
    """Return a date as people write it: "1 september 2023" in Dutch, "1 September 2023" in English."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if language == "nl" else f"{day.day} {day:%B %Y}"


def _scalar(value: Scalar, language: str) -> str:
    if value is None:
        return translate("not known", language)
    if isinstance(value, bool):
        return translate("yes" if value else "no", language)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",") if language == "nl" else f"{value:g}"
    if isinstance(value, str) and _ISO_DATE.match(value):
        return day_in_words(date.fromisoformat(value), language)
    named = CODES.get(value) or texts().get(value) if isinstance(value, str) else None
    return translate(named, language) if named else str(value)


def fact_in_words(name: str, value: FactValue, language: str = "nl") -> str:
    """Return a fact as text: codes by their name, dates in full, a list as "a, b and c". `name` is the fact's name in the reason."""
    del name  # kept in the signature: a later fact may need its name to choose its words
    if not isinstance(value, tuple):
        return _scalar(value, language)
    parts = [_scalar(item, language) for item in value]
    if len(parts) < 2:  # noqa: PLR2004 - one item needs no "and"
        return "".join(parts)
    return ", ".join(parts[:-1]) + " " + translate("and", language) + " " + parts[-1]
