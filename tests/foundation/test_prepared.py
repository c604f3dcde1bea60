"""Lists whose SQL is written once: the same rows as the queryset itself, for other values each time, and no value lost on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count, QuerySet, UUIDField, Value
from django.test.utils import CaptureQueriesContext
from tests.factories import make_organisation, make_programme, take_part

from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor
from opstap.foundation.among import Keys
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.prepared import Prepared, Text
from opstap.foundation.programmes.enums import Part
from opstap.foundation.programmes.models import Participation, Programme

pytestmark = pytest.mark.django_db


def started(since: date, ids: frozenset[UUID]) -> QuerySet[Programme]:
    """Return these programmes when they started on the day or later, by name."""
    return Programme.objects.filter(starts_on__gte=since, pk__in=ids).order_by("name")


def test_prepared_finds_what_the_queryset_finds() -> None:
    """The second question, with other values and another number of them, gets its own answer."""
    one, two = make_programme("Een"), make_programme("Twee")
    prepared = Prepared(started)
    both = frozenset({one.pk, two.pk})
    assert prepared(since=one.starts_on, ids=both) == [one, two]
    assert prepared(since=date(2999, 1, 1), ids=both) == []
    assert prepared(since=one.starts_on, ids=frozenset({two.pk})) == [two]
    assert prepared(since=one.starts_on, ids=frozenset({one.pk})) == [one]
    assert prepared(since=one.starts_on, ids=frozenset()) == []


def test_prepared_writes_the_sql_once() -> None:
    """The queryset is built once per shape of the values, and every call asks one query."""
    programme, built = make_programme("Een"), []

    def build(since: date, ids: frozenset[UUID]) -> QuerySet[Programme]:
        built.append(len(ids))
        return started(since, ids)

    prepared = Prepared(build)
    with CaptureQueriesContext(connection) as queries:
        for day in (1, 2, 3):
            prepared(since=date(2020, 1, day), ids=frozenset({programme.pk}))
    assert (built, len(queries)) == ([1], 3)


def test_prepared_takes_a_page() -> None:
    """`limit` and `offset` cut the list; `first` is its first row, or None."""
    rows = [make_programme(name) for name in ("A", "B", "C")]
    ids = frozenset(row.pk for row in rows)
    prepared = Prepared(started)
    since = min(row.starts_on for row in rows)
    assert prepared(since=since, ids=ids, limit=2, offset=1) == rows[1:]
    assert prepared.first(since=since, ids=ids) == rows[0]
    assert prepared.first(since=date(2999, 1, 1), ids=ids) is None


def test_prepared_hands_on_what_was_asked_for() -> None:
    """A column that only the order needs is asked of the database, but is no part of a row."""
    days = [make_programme(name).starts_on for name in ("B", "A")]
    prepared = Prepared(lambda since: Programme.objects.filter(starts_on__gte=since).order_by("name").distinct().values_list("starts_on"))
    assert prepared(since=date(2020, 1, 1)) == [(day,) for day in days]


def test_prepared_question_stands_within_another() -> None:
    """The SQL takes the values of every call; there is none for a list that is empty whatever they are."""
    one, two = make_programme("Een"), make_programme("Twee")
    prepared, found = Prepared(started), []
    for row in (one, two):
        question = prepared.question(since=row.starts_on, ids=frozenset({row.pk}))
        assert question is not None
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT name FROM ({question[0]}) AS asked", question[1])  # noqa: S608 - SQL that Django wrote
            found += cursor.fetchall()
    assert (found, prepared.question(since=one.starts_on, ids=frozenset())) == ([("Een",), ("Twee",)], None)


def test_prepared_asks_any_number_of_keys_by_one_question() -> None:
    """However many keys are given, none included, the SQL is the same one; rows and relations are found by them."""
    programme, other, built = make_programme("Een"), make_programme("Twee"), []
    take_part(programme, make_organisation("Glow"), Part.HOSTS)

    def build(keys: Keys) -> QuerySet[Participation]:
        built.append(len(keys))
        return Participation.objects.filter(programme_id__among=keys, programme__pk__among=keys)

    prepared = Prepared(build)
    many = Keys([programme.pk, *(uuid4() for _ in range(400))])
    found = [[row.programme_id for row in prepared(keys=keys)] for keys in (many, Keys(), Keys([other.pk]), Keys([programme.pk]))]
    assert (found, built) == ([[programme.pk], [], [], [programme.pk]], [1])


def test_keys_are_asked_of_any_queryset() -> None:
    """Outside prepared lists too: of a field, of a relation, and around a question within."""
    one, two = make_programme("Een"), make_programme("Twee")
    take_part(one, make_organisation("Glow"), Part.HOSTS)
    rows = Programme.objects.filter(pk__among=Keys([one.pk, two.pk])).order_by("name")
    taking_part = rows.filter(pk__in=Participation.objects.filter(programme__among=Keys([one.pk, two.pk])).values("programme"))
    assert (list(rows), list(taking_part), list(rows.exclude(pk__among=Keys([one.pk])))) == ([one, two], [one], [two])


def test_prepared_refuses_keys_that_do_not_arrive() -> None:
    """Keys of which the question says nothing raise an error: no limit on what is shown goes missing."""
    prepared = Prepared(lambda keys, name: Programme.objects.filter(name=name) if keys else Programme.objects.none())
    with pytest.raises(ValueError, match="not every value"):
        prepared(keys=Keys([uuid4()]), name=Text("Een"))


def test_prepared_reads_related_rows_and_values() -> None:
    """Related rows come along, annotations and tuples too; a row stands for its key and a text is part of the question."""
    programme = make_programme("Een")
    take_part(programme, make_organisation("Glow"), Part.HOSTS)

    def joined(of: Programme, name: str) -> QuerySet[Participation]:
        return Participation.objects.filter(programme=of, organisation__name=name).select_related("organisation")

    def counted(of: Programme) -> QuerySet[Participation, tuple[str, int]]:
        parts = Participation.objects.filter(programme=of).order_by("organisation__name")
        return parts.values_list("organisation__name").annotate(Count("pk"))

    prepared = Prepared(joined)
    with CaptureQueriesContext(connection) as queries:
        names = [[row.organisation.name for row in prepared(of=programme, name=name)] for name in ("Glow", "Elders", "Glow")]
    assert (names, len(queries)) == ([["Glow"], [], ["Glow"]], 3)
    assert Prepared(counted)(of=programme) == [("Glow", 1)]


def test_prepared_takes_a_text_as_value() -> None:
    """A `Text` is looked for as a whole, and asked by the same SQL as any other."""
    rows = {name: make_programme(name) for name in ("Een", "Twee's %s")}
    built = []

    def named(name: Text) -> QuerySet[Programme]:
        built.append(name)
        return Programme.objects.filter(name=name)

    prepared = Prepared(named)
    assert [prepared.first(name=Text(name)) for name in (*rows, "Drie")] == [*rows.values(), None]
    assert len(built) == 1


def test_prepared_loses_no_value() -> None:
    """A value that does not reach the database is an error, not a wider answer."""
    programme = make_programme("Een")

    def forgetful(ids: frozenset[UUID]) -> QuerySet[Programme]:
        return Programme.objects.all() if ids else Programme.objects.none()

    with pytest.raises(ValueError, match="not every value of \\['ids'\\]"):
        Prepared(forgetful)(ids=frozenset({programme.pk}))


def test_prepared_asks_for_each_actor_by_the_same_sql() -> None:
    """Whoever holds the same roles gets the own rows from SQL that was written once; another role is another question."""
    rows = {name: make_organisation(name) for name in ("Een", "Twee", "Drie")}
    built = []

    def own(actor: Actor) -> QuerySet[Organisation]:
        built.append(actor.role_words)
        return Organisation.objects.filter(pk__in=actor.organisation_ids(Role.HOST))

    def host(*names: str, role: Role = Role.HOST) -> Actor:
        return Actor(str(uuid4()), ActorKind.USER, "Iemand", tuple(Grant(role, rows[name].pk) for name in names))

    prepared = Prepared(own)
    asked = [host("Een"), host("Twee"), host("Een", "Drie"), host("Een", role=Role.MENTOR)]
    found = [{row.name for row in prepared(actor=actor)} for actor in asked]
    assert found == [{"Een"}, {"Twee"}, {"Een", "Drie"}, set()]
    assert built == ["host", "host", "mentor"]


def test_prepared_knows_who_acts() -> None:
    """A user and a job seeker are each asked for with the own number; a question that forgets who asks is an error."""

    def user(actor: Actor) -> QuerySet[Programme]:
        return Programme.objects.annotate(who=Value(actor.user_id or actor.person_id, output_field=UUIDField())).order_by("who")

    def forgetful(actor: Actor) -> QuerySet[Programme]:
        return Programme.objects.all() if actor.person_id else Programme.objects.none()

    make_programme("Een")
    people = [person_actor(uuid4()), person_actor(uuid4()), Actor(str(uuid4()), ActorKind.USER, "Iemand")]
    prepared = Prepared(user)
    assert [prepared(actor=each)[0].who for each in people] == [each.person_id or each.user_id for each in people]
    with pytest.raises(ValueError, match="not every value of \\['actor'\\]"):
        Prepared(forgetful)(actor=people[0])


def test_prepared_refuses_a_value_that_was_changed_on_the_way() -> None:
    """A day made from a given moment would stay the stand-in's for ever: it is an error."""

    def started_by(at: datetime) -> QuerySet[Programme]:
        return Programme.objects.filter(starts_on__lte=at.date())

    with pytest.raises(ValueError, match="changed on the way"):
        Prepared(started_by)(at=datetime(2023, 9, 1, tzinfo=UTC))
