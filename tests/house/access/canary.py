"""A person with facts that few may see, each of a kind that can be recognised anywhere it would leak."""

from __future__ import annotations

NATIONAL_NUMBER = "85631512304"
REMARK = "kanariepiet vertelde iets over thuis"
CANARY: dict[str, object] = {
    "national_number": NATIONAL_NUMBER,
    "remarks": REMARK,
    "limits": ["lifting"],
    "work_limitation_right": "vop",
    "maatwerk_advice": "very_vulnerable",
}
