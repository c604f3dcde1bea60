"""Kinds of organisations."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is; some instruments admit only some kinds."""

    LOCAL_GOVERNMENT = "local_government"
    SOCIAL_ENTERPRISE = "social_enterprise"
    EMPLOYERS_ASSOCIATION = "employers_association"
    PROJECT_ASSOCIATION = "project_association"
    NONPROFIT = "nonprofit"
    SCHOOL = "school"
    COMPANY = "company"
    HOUSEHOLD = "household"
