"""How a proposal ended is told to who did not do it, once."""

from __future__ import annotations

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.desks.jobseeker.sent import AT, SYSTEM, send_one
from tests.journey.eligibility.cases import make_user
from tests.journey.placements.test_answers import both_say_yes, host_of, the_person

from opstap.desks.host.jobs import tell_news as tell_host_news
from opstap.desks.jobseeker.jobs import tell_news
from opstap.foundation.actor import Role
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.operations import withdraw_proposal
from opstap.journey.placements.operations import answer_as_host, answer_as_person

pytestmark = pytest.mark.django_db


def news_jobs() -> list[str]:
    """Return the news that waits to be told."""
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="tell_news").order_by("task_name")
    return [f"{job.task_name} {job.args['state']}" for job in jobs]


def test_news_of_the_hosts_no_goes_to_the_person_only() -> None:
    """The host knows its own no."""
    proposal = send_one()
    answer_as_host(proposal=proposal, answer=Answer.NO, reason="full", by=host_of(proposal.place), at=AT)
    assert news_jobs() == ["jobseeker.tell_news declined"]


def test_news_of_the_persons_no_goes_to_the_host_only() -> None:
    """The person knows the own no."""
    proposal = send_one()
    answer_as_person(proposal=proposal, answer=Answer.NO, by=the_person(proposal.referral), at=AT)
    assert news_jobs() == ["host.tell_news declined"]


def test_news_of_a_proposal_taken_back_goes_to_both() -> None:
    """Neither of them did it."""
    withdraw_proposal(proposal=send_one(), reason="host closed", by=SYSTEM, at=AT)
    assert news_jobs() == ["host.tell_news withdrawn", "jobseeker.tell_news withdrawn"]


def test_news_of_two_yeses_is_mailed_once_with_the_words_of_the_page() -> None:
    """The person's yes came last, so the host is told; running the job again sends nothing."""
    proposal = send_one()
    make_user("host", Role.HOST, organisation=proposal.place.organisation)
    both_say_yes(proposal)
    for _ in range(2):
        tell_host_news(str(proposal.pk), "accepted")
        tell_news(str(proposal.pk), "accepted")
    assert [message.to for message in mail.outbox] == [["host@example.be"], ["an@example.be"]]
    assert "Jullie zeiden allebei ja" in str(mail.outbox[1].body)


def test_news_that_is_old_by_now_is_not_told() -> None:
    """What changed again meanwhile has its own news."""
    proposal = send_one()
    withdraw_proposal(proposal=proposal, reason="host closed", by=SYSTEM, at=AT)
    tell_news(str(proposal.pk), "accepted")
    assert mail.outbox == []
