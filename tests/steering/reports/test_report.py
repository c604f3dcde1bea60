"""Reports over a programme: what is counted, between which days, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_actor
from tests.steering.reports.crowd import NOW, finish, make_crowd_programme, make_work, walk

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.models import Programme
from opstap.steering.reports.enums import FUNNEL, Column, Part
from opstap.steering.reports.operations import export_report
from opstap.steering.reports.queries import Group, Report, people_behind, report_on

pytestmark = pytest.mark.django_db
BY = system_actor("test")


@pytest.fixture
def programme() -> Programme:
    """Return 60 people: 20 only referred, 40 started (25 in the park, 12 in the kitchen, 3 in the museum), 30 of them ended."""
    made, partner, host = make_crowd_programme()
    park, kitchen, museum = (make_work(made, host, title) for title in ("park", "keuken", "museum"))
    walk(made, partner, None, reached=0, number=20, waits="not_yet_decided")
    started = walk(made, partner, park, reached=4, number=25)
    walk(made, partner, kitchen, reached=4, number=12)
    walk(made, partner, museum, reached=4, number=3)
    finish(started[:10], reason="completed", on=date(2022, 9, 1), kind="work_regular")
    finish(started[10:15], reason="person_stops", on=date(2022, 9, 1), kind="searching")
    finish(started[15:20], reason="found_work", on=date(2023, 8, 1))
    return made


def report(programme: Programme, part: Part = Part.PLACE) -> Report:
    """Return the report of the people referred in 2022."""
    found = report_on(BY, programme, year=2022, part=part, at=NOW)
    assert found is not None
    return found


def by_name(found: Report, start: str) -> Group:
    """Return the group whose name starts so."""
    return next(group for group in found.groups if group.name.startswith(start))


def test_funnel_counts_how_far_people_ever_got(programme: Programme) -> None:
    """Sixty were referred, forty could start and did."""
    assert [report(programme).everybody.counts[column] for column in FUNNEL] == [60, 40, 40, 40, 40]


def test_days_between_steps_are_quartiles_with_their_number(programme: Programme) -> None:
    """Ten days to a decision, twenty to a proposal, ten to a yes, ten to the start."""
    spans = report(programme).everybody.spans
    assert [(span.people, span.first, span.median, span.third) for span in spans if span] == [
        (40, days, days, days) for days in (10.0, 20.0, 10.0, 10.0)
    ]


def test_small_place_is_hidden_with_the_next(programme: Programme) -> None:
    """Three people in the museum are not shown, and not the kitchen either, from which they would follow."""
    found = report(programme)
    assert [by_name(found, name).counts[Column.STARTED] for name in ("park", "keuken", "museum")] == [25, None, None]


def test_small_mentor_is_hidden_with_the_next(programme: Programme) -> None:
    """The same by mentor: a mentor's people are the place's people."""
    found = report(programme, Part.MENTOR)
    assert [by_name(found, f"Mentor {name}").counts[Column.STARTED] for name in ("park", "keuken", "museum")] == [25, None, None]


def test_completion_and_work_have_number_and_interval(programme: Programme) -> None:
    """Fifteen of twenty completed; ten of the fifteen of whom it is known after six months work."""
    everybody = report(programme).everybody
    completion, work = everybody.completion, everybody.work
    assert completion is not None
    assert work is not None
    assert (completion.number, completion.of, work.number, work.of) == (15, 20, 10, 15)
    assert (round(work.low, 3), round(work.high, 3)) == (0.417, 0.848)


def test_end_too_lately_for_six_months_is_not_in_the_share(programme: Programme) -> None:
    """Who stopped in August is not counted among those of whom it could be known."""
    counts = report(programme).everybody.counts
    assert (counts[Column.ENDED], counts[Column.DUE], counts[Column.KNOWN]) == (20, 15, 15)


def test_causes_are_counted_with_their_median(programme: Programme) -> None:
    """Twenty people wait for a decision; since February 2022 that is 576 days on the first of September 2023."""
    found = report(programme).causes
    assert [(cause.code, cause.people, int(cause.median or 0)) for cause in found] == [("not_yet_decided", 20, 576)]


def test_rare_cause_is_hidden_with_another(programme: Programme) -> None:
    """Two people with a rare cause, and the next smallest cause, have no number."""
    partner = Organisation.objects.get(name="Partner vzw")
    walk(programme, partner, None, reached=0, number=2, waits="fact_asked")
    walk(programme, partner, None, reached=0, number=6, waits="condition_not_met")
    found = {cause.code: cause.people for cause in report(programme).causes}
    assert found == {"not_yet_decided": 20, "fact_asked": None, "condition_not_met": None}


def test_other_year_counts_other_people(programme: Programme) -> None:
    """Who was referred in 2022 is not in the report of 2023."""
    found = report_on(BY, programme, year=2023, part=Part.PLACE, at=NOW)
    assert found is not None
    assert [found.everybody.counts[column] for column in FUNNEL] == [None] * 5


def test_report_costs_few_statements(programme: Programme) -> None:
    """Three statements, whatever the number of people."""
    with CaptureQueriesContext(connection) as seen:
        report(programme)
    assert len(seen) == 3


def test_people_behind_a_number_are_those_counted(programme: Programme) -> None:
    """The list behind a number holds exactly the people it counts."""
    found = report(programme)
    park = by_name(found, "park")
    rows = people_behind(BY, programme, year=2022, column=Column.ENDED, part=Part.PLACE, key=park.key, at=NOW)
    assert rows is not None
    assert (len(rows), {row.stage.value for row in rows}) == (20, {"placed"})


def test_counsellor_sees_no_report(programme: Programme) -> None:
    """A report over a programme is for who coordinates it; nobody else gets numbers or names."""
    by = make_actor(Role.COUNSELLOR)
    hidden = report_on(by, programme, year=2022, part=Part.PLACE, at=NOW)
    people = people_behind(by, programme, year=2022, column=Column.REFERRED, part=None, key="", at=NOW)
    with pytest.raises(Refused) as refused:
        export_report(programme=programme, year=2022, part=Part.PLACE, by=by, at=NOW)
    assert (hidden, people, refused.value.reason.code) == (None, None, "overviews.may_not_export")


def test_export_is_a_row_in_the_log(programme: Programme) -> None:
    """Taking a report out is kept: which year, by what."""
    export_report(programme=programme, year=2022, part=Part.PARTNER, by=BY, at=NOW)
    assert AuditEntry.objects.get(action="export_report").facts == {"year": 2022, "part": "partner", "groups": 1}
