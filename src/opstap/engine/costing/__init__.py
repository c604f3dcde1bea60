"""What signed hours pay and which limits they have: dated numbers with their source, and sums that explain themselves line by line."""

from opstap.engine.costing.allowance import CostLine, MonthCost, WorkedDay, month_cost
from opstap.engine.costing.limits import (
    HoursLimits,
    MonthHours,
    day_refused,
    days_left,
    hours_limits,
    last_day,
    month_ahead,
    months_used_up,
    used_up_since,
)
from opstap.engine.costing.load import load_rates
from opstap.engine.costing.premiums import Premium, PremiumBook, Supported, load_premiums, premium
from opstap.engine.costing.quarters import Quarter
from opstap.engine.costing.rates import Rate, RateBook, RateError

__all__ = [
    "CostLine",
    "HoursLimits",
    "MonthCost",
    "MonthHours",
    "Premium",
    "PremiumBook",
    "Quarter",
    "Rate",
    "RateBook",
    "RateError",
    "Supported",
    "WorkedDay",
    "day_refused",
    "days_left",
    "hours_limits",
    "last_day",
    "load_premiums",
    "load_rates",
    "month_ahead",
    "month_cost",
    "months_used_up",
    "premium",
    "used_up_since",
]
