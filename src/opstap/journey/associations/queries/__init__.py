"""What may be seen of an employers' association."""

from opstap.journey.associations.queries.contracts import (
    contract_for,
    contracts_of,
    current_contracts,
    employment_refused,
    is_member,
)
from opstap.journey.associations.queries.structure import (
    association_for,
    associations_of,
    candidates_of,
    coaches_of,
    demands_of,
    functions_of,
    memberships_of,
    site_terms_of,
    sites_of,
)

__all__ = [
    "association_for",
    "associations_of",
    "candidates_of",
    "coaches_of",
    "contract_for",
    "contracts_of",
    "current_contracts",
    "demands_of",
    "employment_refused",
    "functions_of",
    "is_member",
    "memberships_of",
    "site_terms_of",
    "sites_of",
]
