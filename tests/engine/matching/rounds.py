"""Random tiny rounds for hypothesis: few people, few places, every kind of fact, limit, pin and hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.engine.matching.instances import ON

from opstap.engine.matching.people import UNKNOWABLE
from opstap.engine.matching.problem import CRITERIA, Hold, Host, Mentor, Objective, Person, Pin, Place, Problem
from opstap.engine.shared import Period

PLACES = ("shop", "park", "kitchen", "workshop")
MASKS = st.sampled_from([1, 2, 3, 7, 15, 1023])
DAYS = st.dates(date(2023, 6, 1), date(2024, 2, 1))
LIMITS = st.frozensets(st.sampled_from(["standing", "dust"]), max_size=1)
LICENCES = st.frozensets(st.sampled_from(["B", "forklift"]), max_size=2)
GOALS = st.frozensets(st.sampled_from(["dutch", "teamwork", "tools", "service"]))
JOBS = ("gardener", "cook", "shop assistant")
UNTIL = st.sampled_from([ON, date(2023, 9, 15)])
SPOTS = st.sampled_from([(None, None), (2.92, 51.23), (2.92, 51.23), (2.97, 51.245), (3.05, 51.20)])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, until = sorted(draw(st.tuples(DAYS, DAYS)))
    return Period(start, draw(st.sampled_from([until, None, None])))


@st.composite
def people(draw: st.DrawFn, key: str) -> Person:
    longitude, latitude = draw(SPOTS)
    facts: dict[str, Any] = {
        "half_days": draw(st.sampled_from([1, 3, 15, 1023, 1023])),
        "dutch": draw(st.integers(0, 6)),
        "waiting_since": draw(st.dates(date(2013, 1, 1), date(2023, 12, 1))),
        "licences": draw(LICENCES),
        "limits": draw(LIMITS),
        "travel_mode": draw(st.sampled_from(["walk", "bike", "public_transport", "car"])),
        "max_travel_minutes": draw(st.sampled_from([15, 45, 60])),
        "wishes": tuple(draw(st.lists(st.sampled_from(JOBS), unique=True))),
        "interests": draw(st.frozensets(st.sampled_from(PLACES), max_size=1)),
        "vetoes": draw(st.frozensets(st.sampled_from(PLACES), max_size=1)),
        "instruments": draw(st.dictionaries(st.sampled_from(["work_learning_place", "work_experience"]), periods(), min_size=1)),
        "learning_goals": draw(GOALS),
        "is_young_low_educated": draw(st.booleans()),
        "unknown": draw(st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(UNKNOWABLE), max_size=1))),
    }
    return Person(key=key, longitude=longitude, latitude=latitude, **facts)


@st.composite
def places(draw: st.DrawFn, key: str) -> Place:
    longitude, latitude = draw(SPOTS)
    host = draw(st.sampled_from(["city", "shopkeepers"]))
    half_days = draw(MASKS)
    facts: dict[str, Any] = {
        "occupation": draw(st.sampled_from(JOBS)),
        "mentor": draw(st.sampled_from([None, f"mia at {host}", f"noor at {host}"])),
        "capacity": draw(st.integers(0, 3)),
        "needed_half_days": draw(st.one_of(st.none(), st.integers(1, half_days.bit_count()))),
        "dutch": draw(st.sampled_from([0, 0, 2, 4])),
        "licences": draw(st.one_of(st.just(frozenset()), LICENCES)),
        "demands": draw(LIMITS),
        "teaches": draw(GOALS),
        "instruments": draw(st.sampled_from([frozenset({"work_learning_place"}), frozenset({"work_learning_place", "work_experience"})])),
        "refused": draw(st.frozensets(st.sampled_from(["p0", "p1"]), max_size=1)),
    }
    return Place(key=key, host=host, half_days=half_days, period=draw(periods()), longitude=longitude, latitude=latitude, **facts)


@st.composite
def easy_people(draw: st.DrawFn, key: str) -> Person:
    """Someone for whom only wishes, vetoes, waiting and goals differ: rounds with much to choose."""
    facts: dict[str, Any] = {
        "waiting_since": draw(st.dates(date(2018, 1, 1), date(2023, 8, 1))),
        "wishes": tuple(draw(st.lists(st.sampled_from(JOBS), unique=True))),
        "vetoes": draw(st.frozensets(st.sampled_from(PLACES), max_size=2)),
        "learning_goals": draw(GOALS),
        "is_55_plus": draw(st.booleans()),
        "instruments": {"work_learning_place": Period(date(2023, 1, 1))},
    }
    return Person(key=key, half_days=1023, dutch=4, longitude=2.92, latitude=51.23, **facts)


@st.composite
def easy_places(draw: st.DrawFn, key: str) -> Place:
    """A place that everyone can do."""
    host = draw(st.sampled_from(["city", "shopkeepers"]))
    facts: dict[str, Any] = {
        "occupation": draw(st.sampled_from(JOBS)),
        "mentor": draw(st.sampled_from([None, f"mia at {host}"])),
        "capacity": draw(st.integers(1, 2)),
        "teaches": draw(GOALS),
    }
    spot = draw(st.sampled_from([(2.92, 51.23), (2.97, 51.245)]))
    return Place(key=key, host=host, half_days=3, period=Period(date(2023, 1, 1)), longitude=spot[0], latitude=spot[1], **facts)


@st.composite
def rounds(draw: st.DrawFn, *, most_people: int = 5, with_pins: bool = True) -> Problem:
    easy = draw(st.booleans())
    make_person, make_place = (easy_people, easy_places) if easy else (people, places)
    who = tuple(draw(make_person(f"p{row}")) for row in range(draw(st.integers(0, most_people))))
    where = tuple(draw(make_place(key)) for key in PLACES[: draw(st.integers(0, len(PLACES)))])
    mentors = tuple(draw(_mentors(key, easy=easy)) for key in sorted({place.mentor for place in where if place.mentor}))
    hosts = tuple(Host(key, draw(st.sampled_from([None, 1, 2, 3]))) for key in ("city", "shopkeepers"))
    facts: dict[str, Any] = {"objective": Objective(tuple(draw(st.permutations(CRITERIA)))), "seed": draw(st.integers(0, 3))}
    if who and where:
        keys, spots = st.sampled_from([p.key for p in who]), st.sampled_from([p.key for p in where])
        facts["forbidden"] = draw(st.frozensets(st.tuples(keys, spots), max_size=1))
        facts["taken"] = draw(st.dictionaries(spots, st.integers(0, 2), max_size=1))
        facts["holds"] = tuple(draw(st.lists(st.builds(Hold, spots, st.integers(1, 2), UNTIL), max_size=1)))
        facts["pins"] = tuple(draw(st.lists(st.builds(Pin, keys, spots), max_size=2 if with_pins else 0)))
    return Problem(people=who, places=where, mentors=mentors, hosts=hosts, on=ON, **facts)


@st.composite
def _mentors(draw: st.DrawFn, key: str, *, easy: bool) -> Mentor:
    if easy:
        return Mentor(key, draw(st.integers(1, 3)))
    absent = tuple(draw(st.lists(periods(), max_size=1)))
    trained, since = draw(st.sampled_from([True, True, False])), draw(st.one_of(st.none(), DAYS))
    return Mentor(key, draw(st.integers(0, 3)), trained, since, absent, draw(st.one_of(st.none(), st.none(), DAYS)))
