"""A placement with an agreement in each of its states, and everybody who signs it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tests.journey.eligibility.cases import AT, acting, make_user
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme

from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor
from opstap.foundation.organisations.models import Organisation
from opstap.journey.agreements.enums import Party, SignatureState, SignMethod
from opstap.journey.agreements.models import Agreement, Signature
from opstap.journey.agreements.operations import make_agreement, send_for_signature, sign
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import answer_as_host, answer_as_person
from opstap.journey.places.models import Place

WEEK = {
    "half_days": half_day_mask(["mon_am", "tue_am"]),
    "hours_per_month": 36,
    "tasks": "wieden\nsnoeien, vegen",
    "teaches": ("veilig werken",),
}
"""Two mornings a week in the green."""


def host_of(place: Place) -> Actor:
    """Return somebody of the host organisation."""
    return Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, place.organisation_id),))


def make_placement(**terms: object) -> Placement:
    """Return a placement to be agreed, with a host, a partner and a counsellor; the place changed by the terms given."""
    programme = make_round_programme()
    partner = Organisation.objects.create(name="Partner vzw", folded_name="partner vzw", kind="nonprofit")
    counsellor = make_user("Sofie", Role.COUNSELLOR, organisation=partner)
    place = make_place(programme, make_host(), **(WEEK | terms))  # type: ignore[arg-type]  # the terms of a place by name
    referral = make_ready(programme, counsellor=counsellor, organisation=partner, email="noor@example.be", street="Teststraat 1")
    proposal = propose_by_hand(referral=referral, place=place, motivation="past", by=SYSTEM, at=AT)
    answer_as_host(proposal=proposal, answer=Answer.YES, by=host_of(place), at=AT)
    answer_as_person(proposal=proposal, answer=Answer.YES, by=person_actor(referral.person_id), at=AT)
    related = ("referral__counsellor", "person", "seat__place__organisation", "seat__place__mentor")
    return Placement.objects.select_related(*related).get(proposal=proposal)


def counsellor_of(placement: Placement) -> Actor:
    """Return the counsellor who follows the person, who signs for the partner."""
    counsellor = placement.referral.counsellor
    assert isinstance(counsellor, User)
    return acting(counsellor)


def party_of(placement: Placement, party: Party) -> Actor:
    """Return who signs as this party."""
    if party is Party.PERSON:
        return person_actor(placement.person_id)
    return host_of(placement.seat.place) if party is Party.HOST else counsellor_of(placement)


def make_draft(**terms: object) -> Agreement:
    """Return the draft of an agreement."""
    placement = make_placement(**terms)
    return make_agreement(placement=placement, by=counsellor_of(placement), at=AT)


def make_sent(**terms: object) -> Agreement:
    """Return an agreement that waits for three signatures."""
    draft = make_draft(**terms)
    return send_for_signature(agreement=draft, by=counsellor_of(draft.placement), at=AT)


def signature_of(agreement: Agreement, party: Party) -> Signature:
    """Return the party's live signature."""
    return (
        Signature.objects.select_related("agreement__placement__seat")
        .exclude(state=SignatureState.VOID)
        .get(agreement=agreement, party=party)
    )


def let_sign(agreement: Agreement, parties: Iterable[Party] = (Party.PERSON, Party.HOST, Party.PARTNER), at: datetime = AT) -> Agreement:
    """Let these parties sign what there is to sign; return the agreement as it is then."""
    for party in parties:
        now = Agreement.objects.get(pk=agreement.pk)
        by = party_of(agreement.placement, party)
        sign(signature=signature_of(agreement, party), method=SignMethod.LINK, digest=now.digest, by=by, at=at)
    return Agreement.objects.select_related("placement__seat__place", "placement__referral").get(pk=agreement.pk)


def states_of(agreement: Agreement) -> dict[str, str]:
    """Return how each party's live signature stands."""
    return dict(Signature.objects.filter(agreement=agreement).exclude(state=SignatureState.VOID).values_list("party", "state"))
