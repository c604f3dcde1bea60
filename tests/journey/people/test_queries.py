"""Finding people, within reach and however their name is spelt."""

from __future__ import annotations

import pytest
from tests.factories import DAY, NOW, make_actor, make_organisation, make_person, make_programme, make_referral, make_user

from opstap.engine.shared import Reason
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role, person_actor, system_actor
from opstap.foundation.programmes.models import Neighbourhood
from opstap.journey.people.operations import keep_apart
from opstap.journey.people.queries import Positions, file_readers, person_for, probable_duplicates, search_people
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import open_case_file
from opstap.journey.referrals.queries import visible_referrals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["yilm", "YILMAZ", "yilmas", "elif yilmaz", "0478 12 34 56", "+32478123456", "elif.y@", "5512"])
def test_search_finds_by_whatever_is_typed(text: str) -> None:
    """A part of the name, a misspelling, a telephone in any habit, an e-mail address or a client number lead to the person."""
    programme = make_programme()
    coordinator = make_actor(Role.COORDINATOR, programme=programme)
    person = make_person("Yılmaz", "Elif", phone="+32478123456", email="elif.y@example.be", client_number="55123")
    make_referral(person, programme)
    make_referral(make_person("Peeters", "Jan", phone="+32470000000", client_number="99999"), programme)
    found = search_people(coordinator, text, within=visible_referrals(coordinator))
    assert [each.id for each in found] == [person.pk]


def test_search_sees_no_further_than_the_actor() -> None:
    """Somebody of another programme is not found, and their id opens nothing."""
    coordinator = make_actor(Role.COORDINATOR, programme=make_programme())
    stranger = make_person("Yilmaz", "Elif")
    make_referral(stranger, make_programme())
    within = visible_referrals(coordinator)
    assert (search_people(coordinator, "yilmaz", within=within), person_for(coordinator, stranger.pk, within=within)) == ([], None)


def test_probable_duplicates_give_their_reasons() -> None:
    """The same name and telephone is reason enough to ask; the same telephone alone is not."""
    programme = make_programme()
    coordinator = make_actor(Role.COORDINATOR, programme=programme)
    known = make_person("Kaya", "Emre", phone="+32478123456")
    make_referral(known, programme)
    within = visible_referrals(coordinator)
    same = probable_duplicates(coordinator, {"last_name": "Kaya", "first_name": "Emre", "phone": "+32478123456"}, within=within)
    other = probable_duplicates(coordinator, {"last_name": "Declerck", "first_name": "An", "phone": "+32478123456"}, within=within)
    assert [(each.person.id, each.reasons) for each in same] == [(known.pk, (Reason("people.same_phone"), Reason("people.same_name")))]
    assert other == []


def test_probable_duplicates_leave_out_who_was_kept_apart() -> None:
    """A decision to keep two people apart is never asked for again."""
    one, other = make_person("Kaya", "Emre"), make_person("Kaya", "Emre")
    by = system_actor("test")
    given = {"last_name": "Kaya", "first_name": "Emre"}
    within = Referral.objects.none()
    before = probable_duplicates(by, given, within=within, besides=one.pk)
    keep_apart(one=one, other=other, within=within, by=by, at=NOW)
    after = probable_duplicates(by, given, within=within, besides=one.pk)
    assert ([each.person.id for each in before], after) == ([other.pk], [])


def test_file_readers_show_the_person_who_looked() -> None:
    """Reads of one day by one reader for one purpose are one line, with the reader's organisation; a stranger's reads are not there."""
    programme, organisation = make_programme(), make_organisation("GLOW-partner vzw")
    user = make_user(Role.COUNSELLOR, name="Griet Hoste", organisation=organisation)
    referral = make_referral(make_person(), programme, counsellor=user, organisation=organisation)
    counsellor = actor_for(user, DAY).for_purpose("begeleiding")
    open_case_file(referral=referral, by=counsellor, at=NOW)
    open_case_file(referral=referral, by=counsellor, at=NOW)
    own = file_readers(person_actor(referral.person_id), referral.person_id, within=Referral.objects.none())
    nobody = file_readers(person_actor(make_person().pk), referral.person_id, within=Referral.objects.none())
    lines = [(each.on, each.name, each.role, each.organisation, each.purpose, each.times) for each in own]
    assert lines == [(DAY, "Griet Hoste", "counsellor", "GLOW-partner vzw", "begeleiding", 2)]
    assert nobody == []


def test_positions_go_from_neighbourhood_to_postcode_to_municipality() -> None:
    """The nearest thing that is known of an address is its place on the map; outside the region there is none."""
    for name, longitude in (("Vuurtoren", 2.9), ("Centrum", 3.1)):
        Neighbourhood.objects.create(
            name=name, folded_name=name.lower(), municipality="Oostende", postcode="8400", longitude=longitude, latitude=51.0
        )
    positions = Positions()
    assert positions.of("OOSTENDE", "vuurtoren", "8400") == (2.9, 51.0)
    assert positions.of("Oostende", "?", "8400") == (3.0, 51.0)
    assert positions.of("Oostende", "", "") == (3.0, 51.0)
    assert positions.of("Gent", "Centrum", "9000") == (None, None)
