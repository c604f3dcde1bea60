"""What if, beside what is told: answered with the facts supposed, told to nobody, thrown away or done for real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from tests.journey.rosters.cases import AT, MONDAY, Case, day, make_case, make_roster, who_works

from opstap.engine.shared import Refused
from opstap.foundation.outbox.models import Message
from opstap.journey.associations.models import Contract, ContractAbsence, SiteClosure, SiteDemand
from opstap.journey.rosters.assembly import Supposed, board_of, both_boards, newcomers_in, supposed_in, told_beside
from opstap.journey.rosters.enums import RosterState, SupposedKind
from opstap.journey.rosters.models import Roster
from opstap.journey.rosters.operations import (
    ask_roster,
    copy_roster,
    drop_supposition,
    make_real,
    pin_day,
    publish_roster,
    run_roster,
    suppose,
)
from opstap.journey.rosters.operations.making import Wanted

pytestmark = pytest.mark.django_db
WHOLE = tuple((who, number, site) for who, site in (("An", "hall"), ("Bea", "shop")) for number in range(5))


@pytest.fixture
def case() -> Case:
    """Return the small association, in which An packs and Bea sells the whole published week; Dirk can pack and is free."""
    found = make_case(people=1)
    roster, everybody = make_roster(found, *WHOLE), [contract.pk for contract in found.people.values()]
    publish_roster(roster=roster, agreed=everybody, by=found.by, at=AT)
    Message.objects.all().delete()
    return found


def told(case: Case) -> Roster:
    """Return what is published."""
    return Roster.objects.select_related("association").get(association=case.association, state=RosterState.PUBLISHED.value)


def leaves(case: Case, who: str = "An", weekday: int = 2) -> Supposed:
    """Suppose that somebody's contract ends."""
    return Supposed(SupposedKind.LEAVES, str(case.people[who].pk), day(weekday))


def hall(case: Case, kind: SupposedKind, first: int, last: int, more: int = 0) -> Supposed:
    """Suppose something of the hall."""
    function = str(case.functions["pack"].pk) if more else ""
    return Supposed(kind, str(case.sites["hall"].pk), day(first), day(last + 1), function, more)


def supposed(case: Case, *what: Supposed, beside: Roster | None = None, is_anew: bool = False) -> Roster:
    """Return the answer to a supposition."""
    roster = suppose(beside=beside or told(case), what=what, is_anew=is_anew, in_background=False, by=case.by, at=AT)
    roster.seconds = min(roster.seconds, 10)
    return run_roster(roster=roster, by=case.by, clock=lambda: AT)


def facts(case: Case) -> tuple[date | None, int, int, int]:
    """Return the real facts that a supposition could have touched."""
    return (
        Contract.objects.get(pk=case.people["An"].pk).until_on, ContractAbsence.objects.count(), SiteClosure.objects.count(),
        SiteDemand.objects.filter(on__isnull=False).count(),
    )  # fmt: skip


def test_leaving_is_answered_beside_what_is_told(case: Case) -> None:
    """Dirk packs what An leaves from Wednesday on; what is told, the facts and everybody's messages stay as they were."""
    before, roster = facts(case), supposed(case, leaves(case))
    packs = [(who, number) for who, number, site in who_works(roster) if site == "hall" and who != "Cor"]
    assert (packs, who_works(told(case)), facts(case) == before, Message.objects.count()) == (
        [("An", 0), ("An", 1), ("Dirk0", 2), ("Dirk0", 3), ("Dirk0", 4)], list(WHOLE), True, 0,
    )  # fmt: skip


def test_both_sides_are_counted_by_their_own_facts(case: Case) -> None:
    """In the supposition An's Thursday cannot be; in what is told it still can."""
    roster = supposed(case, leaves(case))
    an, (board, today) = str(case.people["An"].pk), both_boards(roster, told_beside(roster), AT)
    assert (board.problem.worker_by[an].contract.until, today.problem.worker_by[an].contract.until) == (day(2), None)


@pytest.mark.parametrize(
    ("what", "holds"),
    [
        (lambda case: Supposed(SupposedKind.AWAY, str(case.people["An"].pk), day(1), day(3)), [0, 3, 4]),
        (lambda case: hall(case, SupposedKind.CLOSED, 0, 3), [4]),
    ],
)
def test_absence_and_closing_take_their_own_days(case: Case, what: Callable[[Case], Supposed], holds: list[int]) -> None:
    """An works on in the hall on the days that nothing is supposed of."""
    assert [number for who, number, _ in who_works(supposed(case, what(case))) if who == "An"] == holds


def test_more_demand_brings_more_people(case: Case) -> None:
    """Two who can must be there on Tuesday: Dirk, who was free, comes too."""
    roster = supposed(case, replace(hall(case, SupposedKind.MORE, 1, 1, more=1), is_minimum=True))
    assert sorted(who for who, number, _ in who_works(roster) if number == 1 and who not in {"Bea", "Cor"}) == ["An", "Dirk0"]


def test_supposition_beside_a_supposition_holds_both(case: Case) -> None:
    """An leaves, and the hall is closed on Monday: An packs on Tuesday alone; both stand beside what is published."""
    first = supposed(case, leaves(case))
    both = supposed(case, hall(case, SupposedKind.CLOSED, 0, 0), beside=first)
    packs = [(who, number) for who, number, site in who_works(both) if site == "hall" and who != "Cor"]
    assert (len(supposed_in(both)), packs, both.based_on_id) == (2, [("An", 1), ("Dirk0", 2), ("Dirk0", 3), ("Dirk0", 4)], told(case).pk)


def test_search_anew_may_move_everybody(case: Case) -> None:
    """Not only who must: the wanted second packer is found as well, as a new roster would."""
    few, anew = (supposed(case, leaves(case, "Cor", 1), is_anew=is_anew) for is_anew in (False, True))
    assert (few.cost or 0) > (anew.cost or 0)


def test_pin_that_cannot_hold_is_loosened_in_the_supposition_alone(case: Case) -> None:
    """Another pin stays, and what is published keeps both."""
    draft = copy_roster(roster=told(case), by=case.by, at=AT)
    for who, number in (("An", 3), ("Dirk0", 3)):
        pin_day(roster=draft, contract=case.people[who], on=day(number), by=case.by, at=AT)
    publish_roster(roster=draft, by=case.by, at=AT)
    roster = suppose(beside=told(case), what=[leaves(case)], in_background=False, by=case.by, at=AT)
    assert (roster.pins.count(), draft.pins.count()) == (1, 2)


def test_supposition_is_never_published_copied_or_repaired(case: Case) -> None:
    """By no operation, and not by the database either."""
    roster = supposed(case, leaves(case))
    wanted = Wanted(MONDAY, 1)
    acts = (
        partial(publish_roster, roster=roster, by=case.by, at=AT),
        partial(copy_roster, roster=roster, by=case.by, at=AT),
        partial(ask_roster, association=case.association, wanted=wanted, based_on=roster, in_background=False, by=case.by, at=AT),
    )
    refused = []
    for act in acts:
        with pytest.raises(Refused) as caught:
            act()
        refused.append(caught.value.reason.code)
    with pytest.raises(DatabaseError), transaction.atomic():
        Roster.objects.filter(pk=roster.pk).update(state=RosterState.PUBLISHED.value, published_at=AT)
    assert refused == ["rosters.is_supposition"] * 3


def test_thrown_away_leaves_nothing(case: Case) -> None:
    """Only what is published is left; what is published itself cannot be thrown away."""
    drop_supposition(roster=supposed(case, leaves(case)), by=case.by, at=AT)
    with pytest.raises(Refused):
        drop_supposition(roster=told(case), by=case.by, at=AT)
    assert list(Roster.objects.values_list("pk", flat=True)) == [told(case).pk]


def test_done_for_real_ends_the_contract_and_leaves_a_draft(case: Case) -> None:
    """The contract ends with its reason, the roster becomes a draft that can be told, and nobody has heard anything yet."""
    roster = make_real(roster=supposed(case, leaves(case)), why="ander werk", by=case.by, at=AT)
    an = Contract.objects.get(pk=case.people["An"].pk)
    assert (an.until_on, an.end_reason, roster.suppositions, roster.state, Message.objects.count()) == (
        day(2), "ander werk", [], RosterState.READY, 0,
    )  # fmt: skip
    assert (board_of(roster).violations, publish_roster(roster=roster, by=case.by, at=AT).state) == (
        (), RosterState.PUBLISHED,
    )  # fmt: skip


def test_done_for_real_needs_the_reason_of_an_end_and_else_does_nothing(case: Case) -> None:
    """Two things were supposed; the contract cannot end without a reason, so the site does not close either."""
    roster = supposed(case, hall(case, SupposedKind.CLOSED, 4, 4), leaves(case))
    with pytest.raises(Refused):
        make_real(roster=roster, by=case.by, at=AT)
    roster.refresh_from_db()
    assert (facts(case), len(roster.suppositions)) == ((None, 0, 0, 0), 2)


def test_absence_closing_and_demand_are_done_for_real(case: Case) -> None:
    """Each by the act that a planner has for it; demand rises on its two days and nowhere else."""
    away = Supposed(SupposedKind.AWAY, str(case.people["Cor"].pk), day(0), day(1))
    what = (away, hall(case, SupposedKind.CLOSED, 4, 4), hall(case, SupposedKind.MORE, 1, 2, more=1))
    make_real(roster=supposed(case, *what), by=case.by, at=AT)
    asked = SiteDemand.objects.filter(on__isnull=False).order_by("on").values_list("on", "minimum", "wanted", "maximum")
    assert (facts(case)[1:3], list(asked)) == ((1, 1), [(day(1), 1, 3, 4), (day(2), 1, 3, 4)])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"from_on": MONDAY + timedelta(days=7)}, "rosters.supposed_outside"),
        ({"from_on": AT.date() - timedelta(days=1)}, "rosters.supposed_outside"),
        ({"until_on": day(2)}, "associations.period_falls"),
        ({"kind": SupposedKind.CLOSED}, "rosters.supposed_no_site"),
    ],
)
def test_what_has_no_effect_or_is_not_ours_is_refused(case: Case, change: dict[str, object], code: str) -> None:
    """Days beside the roster or past, days that run backwards, a worker for a site."""
    with pytest.raises(Refused) as caught:
        suppose(beside=told(case), what=[replace(leaves(case), **change)], in_background=False, by=case.by, at=AT)  # type: ignore[arg-type]  # the fields of the cases above
    assert caught.value.reason.code == code


def test_people_of_another_association_cannot_be_supposed(case: Case) -> None:
    """Neither its worker in our roster, nor our roster by its planner, nor beside a draft."""
    other = make_case("Elders")
    for beside, what, by, code in (
        (told(case), leaves(other), case.by, "rosters.not_a_worker"),
        (told(case), leaves(case), other.by, "rosters.may_not_plan"),
        (make_roster(case), leaves(case), case.by, "rosters.supposed_beside_published"),
    ):
        with pytest.raises(Refused) as caught:
            suppose(beside=beside, what=[what], in_background=False, by=by, at=AT)
        assert caught.value.reason.code == code


def joins(case: Case, like: str = "Dirk0", weekday: int = 0) -> Supposed:
    """Suppose that somebody new joins."""
    return Supposed(SupposedKind.JOINS, str(case.people[like].pk), day(weekday))


def test_somebody_new_fills_what_is_asked_and_is_nobody(case: Case) -> None:
    """Like Bea, who sells: nobody is hired, no shift has a contract of theirs, and the board counts their work."""
    contracts, roster = Contract.objects.count(), supposed(case, leaves(case, "Bea", 0), joins(case, "Bea"))
    board, ((key, one),) = board_of(roster), newcomers_in(roster).items()
    work = [(row["worker"], row["site"]) for row in roster.newcomers]
    assert (work, one.subject, Contract.objects.count()) == ([(key, str(case.sites["shop"].pk))] * 5, str(case.people["Bea"].pk), contracts)
    assert (board.parts["minimum"], board.names[key], [site for _, _, site in who_works(roster) if site == "shop"]) == (
        0, "N.N. ≈ Bea", [],
    )  # fmt: skip


def test_somebody_new_moves_nobody_who_was_told(case: Case) -> None:
    """The hall wants two: Dirk and the new one may take turns, but An and Bea keep every day."""
    roster = supposed(case, joins(case))
    assert [row for row in who_works(roster) if row[0] in {"An", "Bea"}] == list(WHOLE)


def test_two_who_are_alike_are_two_and_stay_so_with_more_supposed(case: Case) -> None:
    """Each has an own key, the same one after something else is supposed as well."""
    both = supposed(case, joins(case), joins(case))
    more = supposed(case, hall(case, SupposedKind.CLOSED, 4, 4), beside=both)
    assert (len(newcomers_in(both)), list(newcomers_in(more)) == list(newcomers_in(both))) == (2, True)


def test_nobody_is_hired_by_a_supposition(case: Case) -> None:
    """Done for real it is refused, and nothing of the rest is done; thrown away it is gone."""
    before, roster = facts(case), supposed(case, hall(case, SupposedKind.CLOSED, 4, 4), joins(case))
    with pytest.raises(Refused) as caught:
        make_real(roster=roster, by=case.by, at=AT)
    drop_supposition(roster=roster, by=case.by, at=AT)
    assert (caught.value.reason.code, facts(case) == before, Roster.objects.filter(pk=roster.pk).exists()) == (
        "rosters.supposed_newcomer", True, False,
    )  # fmt: skip


def test_somebody_like_another_associations_worker_is_no_fact(case: Case) -> None:
    """Only like whom the association employs."""
    strange = make_case("Elders")
    with pytest.raises(Refused) as caught:
        suppose(beside=told(case), what=[joins(strange, "An")], in_background=False, by=case.by, at=AT)
    assert caught.value.reason.code == "rosters.not_a_worker"
