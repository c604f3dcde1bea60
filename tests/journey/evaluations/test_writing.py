"""Writing, correcting and answering: what was written stays, and becomes evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.factories import make_actor, make_organisation
from tests.journey.attendance.floor import Floor, themself
from tests.journey.evaluations.cases import NOW, SEEN, TODAY, asked, learner, written

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role, person_actor
from opstap.foundation.outbox.models import Message
from opstap.journey.evaluations.assembly import asked_competences
from opstap.journey.evaluations.enums import PersonAnswer
from opstap.journey.evaluations.models import Evaluation, EvidenceLine, Observation
from opstap.journey.evaluations.operations import Seen, answer_evaluation, correct_evaluation, write_evaluation
from opstap.journey.evaluations.queries import competency_list, evaluation_for, to_answer
from opstap.journey.plans.enums import Level, LevelKind
from opstap.journey.plans.models import Competence, CompetenceLevel
from opstap.journey.plans.operations import set_level
from opstap.journey.plans.queries import offered_competences

LATER = NOW + timedelta(days=2)


def disagreed(floor: Floor) -> Evaluation:
    """Return an evaluation that the person sees otherwise."""
    row = written(floor)
    words = "Ik vraag wel hulp"
    return answer_evaluation(evaluation=row, answer=PersonAnswer.DISAGREE, words=words, by=themself(row.placement), at=LATER)


def test_written_evaluation_becomes_evidence(floor: Floor) -> None:
    """Each observation is a line on the competency list and a level of the plan; the person is told; what waited is cancelled."""
    row = written(floor)
    lines = EvidenceLine.objects.values_list("competence_id", "level", "on", "source_id", "text")
    seen = [("generic.rules", 3, TODAY, row.pk, ""), ("generic.team", 1, TODAY, row.pk, "vraagt nog niet zelf hulp")]
    levels = CompetenceLevel.objects.filter(source="evaluation", source_id=row.pk).order_by("competence_id")
    messages = Message.objects.filter(subject_id=row.pk).order_by("code").values_list("code", "state")
    assert (row.state, row.written_by, row.strengths, row.next_step) == ("written", "Mia Mentor", ["on_time"], "Zelf hulp vragen")
    assert list(lines) == seen
    assert list(levels.values_list("competence_id", "level", "kind")) == [("generic.rules", 3, "present"), ("generic.team", 1, "present")]
    assert list(messages) == [("message.evaluation", "queued"), ("message.evaluation_ask", "cancelled")]


def test_written_words_are_sealed(floor: Floor) -> None:
    """What somebody writes of somebody cannot be read in the database."""
    row = disagreed(floor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT went_well, next_step, person_words FROM evaluations_evaluation WHERE id = %s", [row.pk])
        raw = b"".join(bytes(value) for value in cursor.fetchone())
    assert [word in raw for word in (b"Rustig", b"hulp", b"Zelf")] == [False, False, False]


@pytest.mark.parametrize(
    ("seen", "next_step", "code"),
    [
        ((), "Verder", "evaluations.nothing_seen"),
        (SEEN, "  ", "evaluations.no_next_step"),
        ((Seen("bestaat.niet", Level.ALONE),), "Verder", "evaluations.unknown_competence"),
        ((SEEN[0], SEEN[0]), "Verder", "evaluations.unknown_competence"),
    ],
)
def test_evaluation_without_what_it_needs_is_refused(floor: Floor, seen: tuple[Seen, ...], next_step: str, code: str) -> None:
    """Something seen and one next step: without them the person learns nothing."""
    with pytest.raises(Refused) as caught:
        write_evaluation(evaluation=asked(floor), seen=seen, next_step=next_step, by=floor.mentor, at=NOW)
    assert (caught.value.reason.code, Observation.objects.count()) == (code, 0)


def test_second_writing_says_who_was_first(floor: Floor) -> None:
    """Mentor and host at the same moment: the second reads who wrote it."""
    row = written(floor)
    with pytest.raises(Refused) as caught:
        write_evaluation(evaluation=row, seen=SEEN, next_step="Anders", by=floor.contact, at=LATER)
    assert (caught.value.reason.code, caught.value.reason.facts["by"]) == ("evaluations.already_written", "Mia Mentor")


def test_evaluation_of_another_floor_is_out_of_reach(floor: Floor) -> None:
    """Another organisation's mentor, a coordinator and somebody else's link neither see nor write it."""
    row = asked(floor)
    others = [make_actor(Role.MENTOR, organisation=make_organisation()), floor.coordinator, person_actor(learner(floor, "Ali").person_id)]
    refused = []
    for other in others:
        with pytest.raises(Refused) as caught:
            write_evaluation(evaluation=row, seen=SEEN, next_step="Verder", by=other, at=NOW)
        refused.append(caught.value.reason.code)
    assert refused == ["evaluations.may_not_write"] * 3
    assert [evaluation_for(other, row.pk, TODAY) for other in others] == [None] * 3


@pytest.mark.parametrize("change", [{"next_step": None}, {"written_by": "iemand"}, {"strengths": []}])
def test_written_evaluation_cannot_be_changed(floor: Floor, change: dict[str, object]) -> None:
    """The database keeps what was written, also from the product itself."""
    row = written(floor)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM evaluations_evaluation WHERE id = %s", [row.pk])


def test_correction_is_a_version_beside_the_first(floor: Floor) -> None:
    """The first version and the person's answer stay; the list counts the later one; the person can answer that one."""
    first = disagreed(floor)
    seen = (Seen("generic.team", Level.WITH_DIRECTIONS),)
    second = correct_evaluation(evaluation=first, seen=seen, next_step="Verder", reason="samen bekeken", by=floor.mentor, at=LATER)
    listed = competency_list(floor.counsellor, first.placement.referral_id)
    kept = Evaluation.objects.get(pk=first.pk)
    assert [(one.competence.pk, one.last.level) for one in listed] == [("generic.team", 2)]
    assert (kept.person_answer, kept.person_words, kept.next_step, second.number) == (
        "disagree",
        "Ik vraag wel hulp",
        "Zelf hulp vragen",
        2,
    )
    assert to_answer(themself(first.placement), first.placement.referral_id, TODAY) == second
    with pytest.raises(Refused) as caught:
        correct_evaluation(evaluation=first, seen=seen, next_step="Verder", reason="nog eens", by=floor.mentor, at=LATER)
    assert caught.value.reason.code == "evaluations.not_to_correct"


@pytest.mark.parametrize(("answer", "words"), [(PersonAnswer.AGREE, ""), (PersonAnswer.DISAGREE, "Ik vraag wel hulp")])
def test_person_answers_once(floor: Floor, answer: PersonAnswer, words: str) -> None:
    """Right, or otherwise in own words, with the door it came through; a second answer is refused, also by the database."""
    row = written(floor)
    person = themself(row.placement)
    kept = answer_evaluation(evaluation=row, answer=answer, words=words, by=person, at=LATER)
    assert (kept.state, kept.person_answer, kept.person_words, kept.channel) == ("answered", answer.value, words or None, "link")
    with pytest.raises(Refused) as caught:
        answer_evaluation(evaluation=row, answer=PersonAnswer.AGREE, by=person, at=LATER)
    assert caught.value.reason.code == "evaluations.not_to_answer"
    with pytest.raises(ProgrammingError), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(person_answer="none", answered_at=None)


def test_seeing_it_otherwise_needs_words(floor: Floor) -> None:
    """A no without words cannot be talked about."""
    row = written(floor)
    with pytest.raises(Refused) as caught:
        answer_evaluation(evaluation=row, answer=PersonAnswer.DISAGREE, words=" ", by=themself(row.placement), at=LATER)
    assert (caught.value.reason.code, Evaluation.objects.get(pk=row.pk).state) == ("evaluations.disagree_needs_words", "written")


def test_only_the_person_and_their_counsellor_answer(floor: Floor) -> None:
    """The mentor does not answer their own evaluation; the person does not see one that waits."""
    row = written(floor)
    with pytest.raises(Refused):
        answer_evaluation(evaluation=row, answer=PersonAnswer.AGREE, by=floor.mentor, at=LATER)
    kept = answer_evaluation(evaluation=row, answer=PersonAnswer.AGREE, by=floor.counsellor, at=LATER)
    waiting = asked(floor, row.placement)
    assert (kept.channel, evaluation_for(themself(row.placement), waiting.pk, TODAY)) == ("web", None)


def test_development_runs_from_the_first_line_to_the_last(floor: Floor) -> None:
    """Each competence with all its lines; no sum of them; the coordinator and the work floor read none."""
    row = written(floor)
    second = asked(floor, row.placement)
    write_evaluation(evaluation=second, seen=[Seen("generic.team", Level.ALONE)], next_step="Zo verder", by=floor.mentor, at=LATER)
    listed = competency_list(floor.counsellor, row.placement.referral_id)
    own = competency_list(themself(row.placement), row.placement.referral_id)
    steps = [(one.competence.pk, one.first.level, one.last.level, len(one.lines)) for one in listed]
    assert steps == [("generic.rules", 3, 3, 1), ("generic.team", 1, 3, 2)]
    assert [one.lines for one in own] == [one.lines for one in listed]
    assert [competency_list(actor, row.placement.referral_id) for actor in (floor.coordinator, floor.mentor)] == [[], []]


def test_asked_competences_come_from_plan_place_and_habit(floor: Floor) -> None:
    """What the person wants to learn first, then what the place teaches and its work, then how somebody works; six at most."""
    placement = learner(floor)
    placement.seat.place.teaches, placement.seat.place.occupation_code = ["afwassen"], "5120.1"
    set_level(
        referral=placement.referral,
        competence=Competence.objects.get(pk="kitchen.recipe"),
        level=Level.ALONE,
        kind=LevelKind.FUTURE,
        by=floor.counsellor,
        at=NOW,
    )
    codes = [row.pk for row in asked_competences(placement, offered_competences(placement.referral))]
    assert codes == [
        "kitchen.recipe",
        "kitchen.dishes",
        "kitchen.vegetables",
        "kitchen.cold_dishes",
        "generic.rules",
        "generic.independent",
    ]
