"""A report leaves the product as a file: an audit row, and only for who may."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.programmes.models import Programme
from opstap.steering.reports.enums import Part
from opstap.steering.reports.queries import Report, report_on


@operation
def export_report(*, programme: Programme, year: int, part: Part, by: Actor, at: datetime) -> Report:
    """Return a report to be taken out as a file. Raises `Refused` when the actor does not coordinate the programme."""
    report = report_on(by, programme, year=year, part=part, at=at)
    if report is None:
        raise Refused(Reason("overviews.may_not_export"))
    facts = {"year": year, "part": part.value, "groups": len(report.groups)}
    record(by=by, at=at, action="export_report", subject_kind="programme", subject_id=programme.pk, facts=facts)
    return report
