"""A workbook beside what is known: what every row would do, before anything is done."""

from opstap.journey.associations.assembly.intake.known import Known
from opstap.journey.associations.assembly.intake.planned import CellNote, Change, Planned, read_workbook
from opstap.journey.associations.assembly.intake.rows import plan_part

__all__ = ["CellNote", "Change", "Known", "Planned", "plan_part", "read_workbook"]
