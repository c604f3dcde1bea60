"""Roles that count on a day, and links that open one thing for one party."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from opstap.engine.shared import Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink, CodeAttempt, User
from opstap.foundation.access.operations import (
    NewLink,
    create_user,
    end_role,
    forget_ended,
    give_role,
    issue_link,
    note_wrong_code,
    renew_link,
    revoke_links,
)
from opstap.foundation.access.queries import (
    MAX_WRONG_CODES,
    actor_for,
    is_slowed_down,
    link_actor,
    link_by_code,
    link_by_token,
    may_be_renewed,
    works,
)
from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor, system_actor
from opstap.foundation.audit.models import AuditEntry

AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
DAY = date(2023, 9, 1)
SYSTEM = system_actor("test")


def a_link(**fields: object) -> NewLink:
    """Return a fresh link to a proposal."""
    values: dict[str, object] = {"purpose": LinkPurpose.PERSON_PROPOSAL, "subject_id": uuid.uuid4(), "person_id": uuid.uuid4()}
    values |= {"organisation_id": None, "address": "an@example.be", "expires_at": AT + timedelta(days=10)}
    return issue_link(**(values | fields), by=SYSTEM, at=AT)  # type: ignore[arg-type]  # built from a mapping


@pytest.mark.django_db
def test_actor_holds_only_the_roles_of_the_day() -> None:
    """A role counts from its first day until the day it ends, not before and not after."""
    user = User.objects.create_user("an@example.be")
    organisation = uuid.uuid4()
    give_role(user=user, role=Role.HOST, organisation_id=organisation, programme_id=None, starts_on=DAY, by=SYSTEM, at=AT)
    assert not actor_for(user, DAY - timedelta(days=1)).has(Role.HOST)
    assert actor_for(user, DAY).organisation_ids(Role.HOST) == {organisation}
    end_role(grant=user.grants.get(), on=DAY + timedelta(days=5), by=SYSTEM, at=AT)
    assert not actor_for(user, DAY + timedelta(days=5)).has(Role.HOST)


@pytest.mark.django_db
def test_give_role_to_oneself_is_refused() -> None:
    """Not even an administrator gives a role to themselves."""
    user = User.objects.create_user("an@example.be")
    admin = Actor(str(user.pk), ActorKind.USER, "An", (Grant(Role.ADMINISTRATOR),))
    with pytest.raises(Refused) as refused:
        give_role(user=user, role=Role.AUDITOR, organisation_id=None, programme_id=None, starts_on=DAY, by=admin, at=AT)
    assert refused.value.reason.code == "access.may_not_give_role"


@pytest.mark.django_db
def test_give_role_for_another_organisation_is_refused() -> None:
    """A team lead manages the own organisation only."""
    user = User.objects.create_user("an@example.be")
    own, other = uuid.uuid4(), uuid.uuid4()
    lead = Actor(str(uuid.uuid4()), ActorKind.USER, "Lead", (Grant(Role.TEAM_LEAD, own),))
    give_role(user=user, role=Role.COUNSELLOR, organisation_id=own, programme_id=None, starts_on=DAY, by=lead, at=AT)
    with pytest.raises(Refused):
        give_role(user=user, role=Role.COUNSELLOR, organisation_id=other, programme_id=None, starts_on=DAY, by=lead, at=AT)


@pytest.mark.django_db
def test_create_user_by_a_counsellor_is_refused() -> None:
    """Only administrators and the product itself make users."""
    counsellor = Actor(str(uuid.uuid4()), ActorKind.USER, "C", (Grant(Role.COUNSELLOR),))
    with pytest.raises(Refused):
        create_user(email="new@example.be", name="New", by=counsellor, at=AT)
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_link_is_found_by_token_and_by_code_however_it_is_typed() -> None:
    """Token and code open the same link; small letters, spaces and dashes in the code do not matter. Neither is stored."""
    new = a_link()
    assert link_by_token(new.token) == new.link
    assert link_by_code(f" {new.spoken_code.lower()} ") == new.link
    assert link_by_token("unknown") is None
    stored = AccessLink.objects.get()
    assert new.token not in (stored.token_hash, stored.code_hash)


@pytest.mark.django_db
def test_renewed_link_goes_to_the_same_party_and_stops_the_old_one() -> None:
    """A fresh link has the same purpose, subject and address: it never widens."""
    old = a_link().link
    new = renew_link(link=old, expires_at=AT + timedelta(days=20), by=SYSTEM, at=AT).link
    assert not works(old, AT)
    same = ("purpose", "subject_id", "person_id", "organisation_id", "address")
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]


@pytest.mark.django_db
def test_link_stops_working_when_expired_or_revoked() -> None:
    """Expiry is to the second; revoking stops every link to the subject."""
    new = a_link()
    assert works(new.link, new.link.expires_at - timedelta(seconds=1))
    assert not works(new.link, new.link.expires_at)
    assert revoke_links(purpose=LinkPurpose.PERSON_PROPOSAL, subject_id=new.link.subject_id, by=SYSTEM, at=AT) == 1
    new.link.refresh_from_db()
    assert not works(new.link, AT)


@pytest.mark.django_db
def test_link_actor_is_the_person_or_the_host_organisation() -> None:
    """A person's link acts as the person without roles, for its own proposal; a host's link has the host's role for one thing alone."""
    link = a_link().link
    assert link_actor(link) == person_actor(link.person_id, only_id=link.subject_id)
    link = a_link(purpose=LinkPurpose.HOST_PROPOSAL, person_id=None, organisation_id=uuid.uuid4()).link
    host = link_actor(link)
    reach = (host.has(Role.HOST), host.organisation_ids(*Role), host.subject_ids(Role.HOST))
    assert reach == (False, frozenset(), {link.subject_id})


@pytest.mark.django_db
def test_renew_link_that_was_stopped_is_refused() -> None:
    """Who stopped a link meant it: no fresh one comes in its place, and none comes twice in place of one."""
    stopped, replaced = a_link().link, a_link().link
    revoke_links(purpose=LinkPurpose.PERSON_PROPOSAL, subject_id=stopped.subject_id, by=SYSTEM, at=AT)
    renew_link(link=replaced, expires_at=AT + timedelta(days=20), by=SYSTEM, at=AT)
    codes = []
    for link in (stopped, replaced):
        with pytest.raises(Refused) as refused:
            renew_link(link=link, expires_at=AT + timedelta(days=20), by=SYSTEM, at=AT)
        codes.append(refused.value.reason.code)
    assert codes == ["access.link_stopped", "access.link_stopped"]
    stopped.refresh_from_db()
    assert (may_be_renewed(stopped), may_be_renewed(replaced)) == (False, True)


@pytest.mark.django_db
def test_links_are_given_stopped_and_renewed_by_staff_or_their_own_party_alone() -> None:
    """A host, an auditor and another person give, stop and renew no link; the link's own party renews it."""
    link = a_link().link
    strangers = [Actor(str(uuid.uuid4()), ActorKind.USER, "x", (Grant(role, uuid.uuid4()),)) for role in (Role.HOST, Role.AUDITOR)]
    strangers += [person_actor(uuid.uuid4()), person_actor(link.person_id or uuid.uuid4(), only_id=uuid.uuid4())]
    given = {"person_id": None, "organisation_id": None, "address": None, "expires_at": AT + timedelta(days=1), "at": AT}
    for by in strangers:
        for act in (
            lambda by: issue_link(purpose=LinkPurpose.HOST_PLACE, subject_id=uuid.uuid4(), by=by, **given),
            lambda by: revoke_links(purpose=LinkPurpose.PERSON_PROPOSAL, subject_id=link.subject_id, by=by, at=AT),
            lambda by: renew_link(link=link, expires_at=AT + timedelta(days=20), by=by, at=AT),
        ):
            with pytest.raises(Refused) as refused:
                act(by)
            assert refused.value.reason.code == "access.may_not_give_link"
    renew_link(link=link, expires_at=AT + timedelta(days=20), by=link_actor(link), at=AT)
    assert AccessLink.objects.count() == 2


@pytest.mark.django_db
def test_wrong_codes_slow_down_only_their_source() -> None:
    """Guessing is slowed down where it happens, for a while, and nobody else notices."""
    for _ in range(MAX_WRONG_CODES):
        note_wrong_code(source_hash="bad", by=SYSTEM, at=AT)
    assert is_slowed_down("bad", AT)
    assert not is_slowed_down("good", AT)
    assert not is_slowed_down("bad", AT + timedelta(minutes=16))


@pytest.mark.django_db
def test_forget_ended_removes_what_is_over_and_nothing_before() -> None:
    """Links go thirty days after they ended or were stopped, wrong codes likewise, sessions when they ran out; each kind is a row."""
    over, stopped, running = (a_link().link for _ in range(3))
    AccessLink.objects.filter(pk=over.pk).update(expires_at=AT - timedelta(days=31))
    AccessLink.objects.filter(pk=stopped.pk).update(revoked_at=AT - timedelta(days=31))
    AccessLink.objects.filter(pk=running.pk).update(expires_at=AT - timedelta(days=30))
    for days in (29, 31):
        CodeAttempt.objects.create(source_hash="x", at=AT - timedelta(days=days))
    for seconds in (-1, 1):
        Session.objects.create(session_key=f"key{seconds}", session_data="", expire_date=AT + timedelta(seconds=seconds))
    assert forget_ended(by=SYSTEM, at=AT) == {"link": 2, "code": 1, "session": 1}
    assert [link.pk for link in AccessLink.objects.all()] == [running.pk]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["key1"]
    rows = AuditEntry.objects.filter(action="forget_ended").order_by("id").values_list("subject_kind", "facts")
    assert list(rows) == [("link", {"removed": 2}), ("code", {"removed": 1}), ("session", {"removed": 1})]


@pytest.mark.django_db
def test_forget_ended_by_somebody_is_refused() -> None:
    """Nobody wipes traces by hand."""
    with pytest.raises(Refused) as refused:
        forget_ended(by=Actor(str(uuid.uuid4()), ActorKind.USER, "A", (Grant(Role.ADMINISTRATOR),)), at=AT)
    assert refused.value.reason.code == "access.only_the_product_forgets"
