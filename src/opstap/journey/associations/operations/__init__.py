"""What changes an employers' association: its terms and members, functions, coaches, contracts, demand, and who may come next."""

from opstap.journey.associations.assembly.terms import Terms
from opstap.journey.associations.models import Support
from opstap.journey.associations.operations.contracts import (
    change_contract,
    change_support,
    end_contract,
    hire,
    hire_new,
)
from opstap.journey.associations.operations.demand import Ask, Hours, Needs, remove_demand, set_demand
from opstap.journey.associations.operations.founding import (
    AssociationTerms,
    close_site,
    end_membership,
    found_association,
    join_member,
    locate_site,
    open_site,
    set_association_terms,
    set_site_terms,
)
from opstap.journey.associations.operations.functions import FunctionTerms, define_function, flag_shortage, upload_shortage_list
from opstap.journey.associations.operations.guiding import (
    end_coach,
    name_coach,
    note_coach_absence,
    remove_coach_absence,
)
from opstap.journey.associations.operations.hiring import follow_contract, move_candidate, put_forward
from opstap.journey.associations.operations.intake import apply_workbook, forget_workbooks, set_workbook_aside, upload_workbook
from opstap.journey.associations.operations.sites import Address, add_site
from opstap.journey.associations.operations.working import (
    end_worker_absence,
    give_skill,
    note_worker_absence,
    set_wishes,
    withdraw_skill,
)

__all__ = [
    "Address",
    "Ask",
    "AssociationTerms",
    "FunctionTerms",
    "Hours",
    "Needs",
    "Support",
    "Terms",
    "add_site",
    "apply_workbook",
    "change_contract",
    "change_support",
    "close_site",
    "define_function",
    "end_coach",
    "end_contract",
    "end_membership",
    "end_worker_absence",
    "flag_shortage",
    "follow_contract",
    "forget_workbooks",
    "found_association",
    "give_skill",
    "hire",
    "hire_new",
    "join_member",
    "locate_site",
    "move_candidate",
    "name_coach",
    "note_coach_absence",
    "note_worker_absence",
    "open_site",
    "put_forward",
    "remove_coach_absence",
    "remove_demand",
    "set_association_terms",
    "set_demand",
    "set_site_terms",
    "set_wishes",
    "set_workbook_aside",
    "upload_shortage_list",
    "upload_workbook",
    "withdraw_skill",
]
