"""What a link can open."""

from enum import StrEnum


class LinkPurpose(StrEnum):
    """One purpose per link; a link never opens anything else."""

    PERSON_PROPOSAL = "person_proposal"
    HOST_PROPOSAL = "host_proposal"
    HOST_PLACE = "host_place"
    PERSON_JOURNEY = "person_journey"
    SIGNATURE = "signature"
    RELAY = "relay"
    ROSTER = "roster"


PERSON_PURPOSES = frozenset({LinkPurpose.PERSON_PROPOSAL, LinkPurpose.PERSON_JOURNEY, LinkPurpose.ROSTER})
"""Links through which a job seeker or worker comes in as themselves."""
