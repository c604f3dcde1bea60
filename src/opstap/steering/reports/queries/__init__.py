"""Reports: what is counted, what may be shown of it, and the rows behind a number."""

from opstap.steering.reports.queries.people import PersonBehind, people_behind
from opstap.steering.reports.queries.report import Cause, Group, Report, Share, Span, latest_year, report_on
from opstap.steering.reports.queries.safe import shown
from opstap.steering.reports.queries.solving import Node
from opstap.steering.reports.queries.wilson import wilson

__all__ = [
    "Cause",
    "Group",
    "Node",
    "PersonBehind",
    "Report",
    "Share",
    "Span",
    "latest_year",
    "people_behind",
    "report_on",
    "shown",
    "wilson",
]
