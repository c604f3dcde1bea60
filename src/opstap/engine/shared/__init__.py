"""What every part of the machine room shares: reasons, periods, solver status and the field's codes."""

from opstap.engine.shared.period import Period
from opstap.engine.shared.reason import Reason, Refused
from opstap.engine.shared.status import SolverStatus

__all__ = ["Period", "Reason", "Refused", "SolverStatus"]
