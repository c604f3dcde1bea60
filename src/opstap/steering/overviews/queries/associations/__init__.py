"""What the planner's pages show of an association."""

from opstap.steering.overviews.queries.associations.demand import DemandLine, SiteAsks, site_asks
from opstap.steering.overviews.queries.associations.overview import AssociationPage, Towards, association_page, towards_target
from opstap.steering.overviews.queries.associations.workers import (
    PremiumPage,
    WorkerLine,
    WorkerPage,
    premium_page,
    worker_lines,
    worker_page,
)

__all__ = [
    "AssociationPage",
    "DemandLine",
    "PremiumPage",
    "SiteAsks",
    "Towards",
    "WorkerLine",
    "WorkerPage",
    "association_page",
    "premium_page",
    "site_asks",
    "towards_target",
    "worker_lines",
    "worker_page",
]
