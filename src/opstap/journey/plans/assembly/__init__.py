"""What comes with the product for plans: the catalogue of competences, and what a plan must meet."""

from opstap.journey.plans.assembly.catalogue import Catalogue, CatalogueError, Task, TaskList, load_catalogue_file, read_catalogue
from opstap.journey.plans.assembly.duties import Duties, Duty, Parameter, due_of, duties_on, load_duties, missing_of

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Duties",
    "Duty",
    "Parameter",
    "Task",
    "TaskList",
    "due_of",
    "duties_on",
    "load_catalogue_file",
    "load_duties",
    "missing_of",
    "read_catalogue",
]
