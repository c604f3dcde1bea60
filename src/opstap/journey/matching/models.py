"""Rounds, what they found for each person and place, proposals, and what people ask of a round."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import Answer, DirectiveKind, ProposalState, RoundStatus
from opstap.journey.people.models import Person
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class MatchRound(Classified):
    """One run of matching: what went in (digest, seed, order, versions) and what came out (status, value, bound)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in RoundStatus])
    progress = models.PositiveSmallIntegerField(default=0)
    progress_note = models.CharField(max_length=60, blank=True)
    order = ArrayField(models.CharField(max_length=20))
    seed = models.PositiveIntegerField()
    input_digest = models.CharField(max_length=64, blank=True)
    versions = models.JSONField(default=dict)
    solver_status = models.CharField(max_length=15, blank=True)
    value = models.CharField(max_length=60, blank=True)
    bound = models.CharField(max_length=60, blank=True)
    people_count = models.PositiveIntegerField(default=0)
    seat_count = models.PositiveIntegerField(default=0)
    placed_count = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(null=True, blank=True)
    failure = models.JSONField(null=True, blank=True)
    summary = models.JSONField(default=dict)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    requested_by_label = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "programme": _INTERNAL,
        "on": _INTERNAL,
        "status": _INTERNAL,
        "progress": _INTERNAL,
        "progress_note": _INTERNAL,
        "order": _INTERNAL,
        "seed": _INTERNAL,
        "input_digest": _INTERNAL,
        "versions": _INTERNAL,
        "solver_status": _INTERNAL,
        "value": _INTERNAL,
        "bound": _INTERNAL,
        "people_count": _INTERNAL,
        "seat_count": _INTERNAL,
        "placed_count": _INTERNAL,
        "seconds": _INTERNAL,
        "failure": _INTERNAL,
        "summary": _INTERNAL,
        "requested_by": _INTERNAL,
        "requested_by_label": _PERSONAL,
        "requested_at": _INTERNAL,
        "finished_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-requested_at", "id")
        indexes = (models.Index(fields=["programme", "-requested_at"], name="round_by_programme"),)

    def __str__(self) -> str:
        return f"{self.programme} on {self.on}: {self.status}"


class RoundPerson(Classified):
    """What a round found for one person: placed or not, why, alternatives, nearest changes. Sealed: it can speak of health.

    `main_obstacle`: the rule that most stands in the way, as a class for lists and filters; what exactly is in the sealed part.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(MatchRound, on_delete=models.CASCADE, related_name="people")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    is_placed = models.BooleanField()
    main_obstacle = models.CharField(max_length=60, blank=True)
    explanation = SealedField()

    privacy = {
        "id": _INTERNAL,
        "round": _INTERNAL,
        "referral": _PERSONAL,
        "is_placed": _PERSONAL,
        "main_obstacle": _PERSONAL,
        "explanation": _SENSITIVE,
    }
    retention = Retention.CASE_FILE

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "referral"], name="person_once_per_round"),)
        indexes = (models.Index(fields=["referral", "round"], name="round_person_by_referral"),)

    def __str__(self) -> str:
        return f"{self.referral_id}: {'placed' if self.is_placed else self.main_obstacle}"


class RoundPlace(Classified):
    """What a round found for one place: its price, how many seats stay empty, what keeps people out and what would open it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(MatchRound, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    free_seats = models.PositiveSmallIntegerField()
    filled_seats = models.PositiveSmallIntegerField()
    price = models.CharField(max_length=60)
    explanation = models.JSONField()

    privacy = {
        "id": _INTERNAL,
        "round": _INTERNAL,
        "place": _INTERNAL,
        "free_seats": _INTERNAL,
        "filled_seats": _INTERNAL,
        "price": _INTERNAL,
        "explanation": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "place"], name="place_once_per_round"),)

    def __str__(self) -> str:
        return f"{self.place_id}: {self.filled_seats}/{self.free_seats}"


class Proposal(Classified):
    """This person at this place: the machine's draft or a counsellor's own idea, sent by a person, answered by both parties."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(MatchRound, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in ProposalState])
    is_reserve = models.BooleanField(default=False)
    starts_on = models.DateField()
    until_on = models.DateField()
    reasons = SealedField(null=True, blank=True)
    alternatives = SealedField(null=True, blank=True)
    price = models.CharField(max_length=60, blank=True)
    person_answer = models.CharField(max_length=10, blank=True, choices=[(answer.value, answer.value) for answer in Answer])
    person_answered_at = models.DateTimeField(null=True, blank=True)
    person_channel = models.CharField(max_length=10, blank=True)
    person_reason = SealedField(null=True, blank=True)
    host_answer = models.CharField(max_length=10, blank=True, choices=[(answer.value, answer.value) for answer in Answer])
    host_answered_at = models.DateTimeField(null=True, blank=True)
    host_reason = SealedField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = SealedField(null=True, blank=True)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "id": _INTERNAL,
        "round": _INTERNAL,
        "referral": _PERSONAL,
        "person": _PERSONAL,
        "place": _PERSONAL,
        "instrument": _PERSONAL,
        "state": _PERSONAL,
        "is_reserve": _INTERNAL,
        "starts_on": _PERSONAL,
        "until_on": _PERSONAL,
        "reasons": _SENSITIVE,
        "alternatives": _SENSITIVE,
        "price": _INTERNAL,
        "person_answer": _PERSONAL,
        "person_answered_at": _PERSONAL,
        "person_channel": _INTERNAL,
        "person_reason": _SENSITIVE,
        "host_answer": _PERSONAL,
        "host_answered_at": _PERSONAL,
        "host_reason": _SENSITIVE,
        "sent_at": _INTERNAL,
        "expires_at": _INTERNAL,
        "decided_by": _PERSONAL,
        "decided_at": _INTERNAL,
        "decision_reason": _SENSITIVE,
        "created_by": _PERSONAL,
        "created_at": _INTERNAL,
        "version": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state="sent"),
                name="one_open_proposal_per_person",
                violation_error_message="This person already has an open proposal.",
            ),
            models.UniqueConstraint(fields=["round", "referral"], condition=Q(round__isnull=False), name="one_proposal_per_round"),
        )
        indexes = (
            models.Index(fields=["place", "state"], name="proposal_by_place"),
            models.Index(fields=["state", "expires_at"], name="proposal_by_expiry"),
            models.Index(fields=["referral", "-created_at"], name="proposal_by_referral"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.place_id}: {self.state}"


class Directive(Classified):
    """What somebody asks of every round: a pin, a forbidden pair, the person's veto or interest, the host's refusal.

    `left_out_at`: since which round a running pin cannot be kept any more; None while it can.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=15, choices=[(kind.value, kind.value) for kind in DirectiveKind])
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    reason = SealedField(null=True, blank=True)
    by_label = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    left_out_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "kind": _PERSONAL,
        "referral": _PERSONAL,
        "place": _PERSONAL,
        "reason": _SENSITIVE,
        "by_label": _PERSONAL,
        "created_at": _INTERNAL,
        "ended_at": _INTERNAL,
        "left_out_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "referral", "place"], condition=Q(ended_at__isnull=True), name="directive_once_while_it_lasts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.referral_id} at {self.place_id}"


class Letter(Classified):
    """A letter or e-mail about a proposal: to whom, when, by which door. The text carries no health or benefit data.

    `sent_at`: when it left, on paper when it was printed; `posted_at`: when the printed letter was brought to the post.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="letters")
    channel = models.CharField(max_length=10)
    recipient = SealedField(null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    privacy = {
        "id": _INTERNAL,
        "proposal": _PERSONAL,
        "channel": _INTERNAL,
        "recipient": _SENSITIVE,
        "created_at": _INTERNAL,
        "sent_at": _INTERNAL,
        "posted_at": _INTERNAL,
        "digest": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.channel} for {self.proposal_id}"
