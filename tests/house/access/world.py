"""Two programmes that have nothing to do with each other, each with everything a page can show, and everybody who could ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.house.access.canary import CANARY
from tests.house.access.employed import employ
from tests.house.access.evaluated import evaluate
from tests.house.access.planned import plan_ahead
from tests.house.access.rostered import roster
from tests.house.access.taught import teach
from tests.house.access.walk import walk_on
from tests.house.access.worked import work
from tests.journey.eligibility.cases import AT, ON, acting, make_organisation, make_user
from tests.journey.eligibility.cases import make_programme as make_region_programme
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready
from tests.journey.rosters.cases import make_employer

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink, RoleGrant, User
from opstap.foundation.access.operations import issue_link
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation, Programme
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.operations import propose_rule_change
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.operations import upload_list
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import give_directive, request_round, run_round, send_proposal, set_aside
from opstap.journey.places.models import Place
from opstap.journey.places.operations import hold_seats
from opstap.journey.referrals.models import Referral

STAFF: dict[str, Role] = {
    "coordinator": Role.COORDINATOR,
    "counsellor": Role.COUNSELLOR,
    "colleague": Role.COUNSELLOR,
    "team_lead": Role.TEAM_LEAD,
    "host": Role.HOST,
    "mentor": Role.MENTOR,
    "planner": Role.PLANNER,
    "administrator": Role.ADMINISTRATOR,
    "auditor": Role.AUDITOR,
}
"""Everybody with a role; the colleague is a counsellor of the same organisation with a caseload of their own."""


@dataclass
class Side:
    """One programme with its organisations, staff, people, places, a round, proposals, a list and a rule change."""

    name: str
    programme: Programme
    partner: Organisation
    hosting: tuple[Organisation, Site, Mentor]
    staff: dict[str, User]
    referral: Referral
    others: list[Referral]
    place: Place
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def ids(self) -> dict[str, Any]:
        """What fills each kind of blank in an address of this side."""
        return {
            "programme_id": self.programme.pk,
            "organisation_id": self.hosting[0].pk,
            "floor_site_id": self.hosting[1].pk,
            "person_id": self.referral.person_id,
            "referral_id": self.referral.pk,
            "place_id": self.place.pk,
            "colleague_id": self.staff["colleague"].pk,
            "keep_id": self.referral.person_id,
            "other_id": self.others[0].person_id if self.others else self.referral.person_id,
            **self.parts,
        }


def _staff(name: str, programme: Programme, partner: Organisation, host: Organisation, employer: Organisation) -> dict[str, User]:
    """Return one user per role; nobody holds two."""
    places = dict.fromkeys(("counsellor", "colleague", "team_lead"), partner) | {"host": host, "mentor": host, "planner": employer}
    return {
        who: make_user(
            f"{name}-{who}",
            role,
            organisation=places.get(who),
            programme=programme if who == "coordinator" else None,
        )
        for who, role in STAFF.items()
    }


def make_side(name: str, *, people: int = 4, canary: bool = False) -> Side:
    """Return a programme with `people` people who could start, and as many places; the first of both is what addresses name."""
    programme = make_region_programme(f"Programma {name}", ("work_learning_place", "community_service"))
    partner = make_organisation(f"Partner {name}", programme)
    hosting = make_host(f"Stad {name}")
    Participation.objects.create(programme=programme, organisation=hosting[0], part=Part.HOSTS.value)
    employer = make_employer(f"Groepering {name}")
    staff = _staff(name, programme, partner, hosting[0], employer)
    facts = CANARY if canary else {}
    first = make_ready(programme, counsellor=staff["counsellor"], organisation=partner, email=f"{name}@example.be", **facts)
    rest = [
        make_ready(programme, counsellor=staff["counsellor" if number % 2 else "colleague"], organisation=partner)
        for number in range(people - 1)
    ]
    places = [make_place(programme, with_mentor(hosting, number), f"tuinier {name} {number}", seats=2) for number in range(people)]
    make_place(programme, hosting, f"sjouwer {name}", demands=("lifting",))
    side = Side(name, programme, partner, hosting, staff, first, rest, places[0])
    _match(side)
    _bring_list(side, people)
    _change_rule(side)
    _open_links(side)
    walk_on(side)
    plan_ahead(side)
    work(side)
    evaluate(side)
    teach(side)
    roster(side, employer, people)
    employ(side, people)
    return side


def with_mentor(hosting: tuple[Organisation, Site, Mentor], number: int) -> tuple[Organisation, Site, Mentor]:
    """Return the same host with a mentor of its own for one more place, so that mentors never keep anybody out."""
    organisation, site, _ = hosting
    return organisation, site, Mentor.objects.create(organisation=organisation, name=f"Mentor {number}", certified_on=date(2023, 1, 1))


def _match(side: Side) -> None:
    """Run a round; the first person's draft is sent, the last one's is set aside, the others stay drafts."""
    match_round = request_round(programme=side.programme, on=ON, in_background=False, by=SYSTEM, at=AT)
    run_round(match_round=match_round, by=SYSTEM, clock=lambda: AT)
    drafts = {each.referral_id: each for each in Proposal.objects.filter(round=match_round)}
    sent = send_proposal(proposal=drafts[side.referral.pk], by=SYSTEM, at=AT)
    side.place = sent.place
    side.parts |= {"round_id": match_round.pk, "proposal_id": sent.pk, "decision_id": _decision(side.referral).pk}
    if len(side.others) > 1:
        set_aside(proposal=drafts[side.others[-1].pk], reason="toch niet", by=SYSTEM, at=AT)
        side.parts["draft_id"] = drafts[side.others[0].pk].pk
    kind = DirectiveKind.INTEREST
    given = give_directive(kind=kind, referral=side.referral, place=side.place, reason="", by=SYSTEM, at=AT)
    held = hold_seats(place=side.place, seats=1, until=date(2023, 9, 15), reason="verbouwing", by=SYSTEM, at=AT)
    side.parts |= {"directive_id": given.pk, "hold_id": held.pk}


def _decision(referral: Referral) -> Decision:
    return Decision.objects.filter(referral=referral).order_by("instrument")[0]


def _bring_list(side: Side, rows: int) -> None:
    """Upload a list with a row that is right and one in error; nothing is applied."""
    head = "naam;voornaam;gemeente;geboortedatum;telefoon\n"
    lines = [f"Lijst{side.name}{number};Jo;Oostende;01/02/1990;" for number in range(rows)] + [f"Fout{side.name};Jo;Oostende;31/02/1990;"]
    data = (head + "\n".join(lines)).encode()
    batch = upload_list(programme=side.programme, kind=ListKind.PEOPLE, data=data, filename="lijst.csv", as_of=ON, by=SYSTEM, at=AT)
    side.parts |= {"batch_id": batch.pk, "row_id": batch.rows.order_by("number")[0].pk}


def _change_rule(side: Side) -> None:
    """Let the coordinator propose another number of months."""
    change = propose_rule_change(
        programme=side.programme,
        parameter="registered_months_minimum",
        value=12,
        effective_from=date(2023, 10, 1),
        source="Besluit",
        confidence="M",
        motivation="Meer mensen sneller laten starten.",
        by=acting(side.staff["coordinator"]),
        at=AT,
    )
    side.parts |= {"change_id": change.pk, "parameter_id": change.parameter}


def _open_links(side: Side) -> None:
    """Give the person and the host a link to the proposal, and the host one to the place."""
    proposal = side.parts["proposal_id"]
    host = side.hosting[0].pk
    wanted: dict[str, tuple[LinkPurpose, UUID, UUID | None, UUID | None]] = {
        "person_token": (LinkPurpose.PERSON_PROPOSAL, proposal, side.referral.person_id, None),
        "host_token": (LinkPurpose.HOST_PROPOSAL, proposal, None, host),
        "place_token": (LinkPurpose.HOST_PLACE, side.place.pk, None, host),
    }
    for name, (purpose, subject, person, organisation) in wanted.items():
        side.parts[name] = issue_link(
            purpose=purpose,
            subject_id=subject,
            person_id=person,
            organisation_id=organisation,
            address=None,
            expires_at=AT + timedelta(days=30),
            by=SYSTEM,
            at=AT,
        ).token
    side.parts["key"] = side.parts["person_token"]


def end_links(side: Side) -> None:
    """Stop every link of the side."""
    opened = [side.parts["proposal_id"], side.place.pk, side.referral.pk, side.parts["signature_id"]]
    AccessLink.objects.filter(subject_id__in=opened).update(revoked_at=AT)


def make_former(side: Side) -> User:
    """Return somebody who was everything in the programme until yesterday."""
    user = User.objects.create_user(f"{side.name}-former@example.be", name="Vroeger")
    for role in (Role.COORDINATOR, Role.COUNSELLOR, Role.TEAM_LEAD, Role.HOST, Role.MENTOR, Role.ADMINISTRATOR, Role.AUDITOR):
        organisation = side.hosting[0] if role in {Role.HOST, Role.MENTOR} else side.partner
        RoleGrant.objects.create(
            user=user,
            role=role.value,
            organisation_id=organisation.pk,
            programme_id=side.programme.pk,
            starts_on=date(2020, 1, 1),
            until_on=ON,
        )
    return user


__all__ = ["AT", "ON", "STAFF", "Side", "end_links", "make_former", "make_side"]
