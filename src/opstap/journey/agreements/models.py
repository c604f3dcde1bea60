"""Agreements, the documents that were shown for signing, and everybody's signature."""

from __future__ import annotations

import uuid
from base64 import b64decode

import pgtrigger
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.organisations.models import Organisation
from opstap.journey.agreements.enums import UNSETTLED, AgreementKind, AgreementState, Party, SignatureState, SignMethod
from opstap.journey.placements.models import Placement

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Agreement(Classified):
    """What a person, a host and a partner agree on for one placement; an addendum `supersedes` fields of the agreement it belongs to.

    `fields` holds every term by its key (see `fields.FIELDS`); `changed` names the keys that an addendum changes. `state` follows
    `enums.TRANSITIONS` and changes only through operations. `ruleset_version` is the version of the terms that the text was made by.
    `stuck` says why a signed one could not take effect on its first day: {"code", "facts", "since": ISO day}; null when nothing is wrong.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in AgreementKind])
    state = models.CharField(max_length=20, choices=[(state.value, state.value) for state in AgreementState])
    supersedes = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="addenda")
    ruleset_version = models.CharField(max_length=40)
    fields = models.JSONField()
    changed = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    stuck = models.JSONField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "placement": _PERSONAL,
        "number": _INTERNAL,
        "kind": _INTERNAL,
        "state": _PERSONAL,
        "supersedes": _INTERNAL,
        "ruleset_version": _INTERNAL,
        "fields": _PERSONAL,
        "changed": _INTERNAL,
        "reason": _PERSONAL,
        "digest": _INTERNAL,
        "created_by": _PERSONAL,
        "created_at": _INTERNAL,
        "sent_at": _INTERNAL,
        "signed_at": _INTERNAL,
        "in_force_on": _PERSONAL,
        "ended_on": _PERSONAL,
        "stuck": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(kind=AgreementKind.AGREEMENT.value) & ~Q(state=AgreementState.WITHDRAWN.value),
                name="one_agreement_per_placement",
                violation_error_message="This placement already has an agreement.",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(state__in=sorted(state.value for state in UNSETTLED)),
                name="one_open_addendum_at_a_time",
                violation_error_message="An addendum to this agreement is still waiting to be signed.",
            ),
        )
        indexes = (models.Index(fields=["state", "created_at"], name="agreement_by_state"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.state}"


class Document(Classified):
    """The PDF of an agreement as it was shown for signing: append-only, so that what was signed stays, byte for byte.

    `pdf` is the file in base64; `digest` is the SHA-256 of the file. A correction makes a next `version` and leaves this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="documents")
    version = models.PositiveSmallIntegerField()
    pdf = SealedField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "agreement": _INTERNAL,
        "version": _INTERNAL,
        "pdf": _SENSITIVE,
        "digest": _INTERNAL,
        "made_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("agreement", "version")
        constraints = (models.UniqueConstraint(fields=["agreement", "version"], name="document_version_once"),)
        triggers = (pgtrigger.Protect(name="documents_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.agreement_id} version {self.version}"

    @property
    def content(self) -> bytes:
        """The PDF file as it was made."""
        return b64decode(self.pdf)


class Signature(Classified):
    """One party's signature under an agreement: asked, given, refused, or void because what it stood under changed.

    `digest` is the digest of the document that was signed. Paper signatures keep their scan as a `SignedPaper`. `through_user` and
    `through_by` are the id and name of who brought it about: who signed logged in, handed over the link that was used, or brought the
    paper in; both empty for somebody who came by the link in their own message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=10, choices=[(party.value, party.value) for party in Party])
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    email = SealedField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in SignatureState])
    asked_at = models.DateTimeField()
    last_asked_at = models.DateTimeField()
    resend_count = models.PositiveSmallIntegerField(default=0)
    signed_at = models.DateTimeField(null=True, blank=True)
    method = models.CharField(max_length=10, blank=True, choices=[(method.value, method.value) for method in SignMethod])
    channel = models.CharField(max_length=10, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    through_user = models.UUIDField(null=True, blank=True)
    through_by = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    refusal = SealedField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "agreement": _INTERNAL,
        "party": _INTERNAL,
        "name": _PERSONAL,
        "organisation": _INTERNAL,
        "email": _SENSITIVE,
        "state": _PERSONAL,
        "asked_at": _INTERNAL,
        "last_asked_at": _INTERNAL,
        "resend_count": _INTERNAL,
        "signed_at": _PERSONAL,
        "method": _INTERNAL,
        "channel": _INTERNAL,
        "signed_by": _PERSONAL,
        "through_user": _PERSONAL,
        "through_by": _PERSONAL,
        "digest": _INTERNAL,
        "refusal": _SENSITIVE,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("agreement", "asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["agreement", "party"],
                condition=~Q(state=SignatureState.VOID.value),
                name="one_live_signature_per_party",
            ),
            models.CheckConstraint(
                condition=~Q(state=SignatureState.SIGNED.value) | (Q(signed_at__isnull=False) & ~Q(digest="") & ~Q(method="")),
                name="signature_says_what_was_signed",
            ),
        )
        indexes = (models.Index(fields=["organisation", "state"], name="signature_by_organisation"),)
        triggers = (
            pgtrigger.Protect(
                name="given_signature_stays",
                operation=pgtrigger.Delete
                | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # the library leaves it untyped
                    "agreement_id",
                    "party",
                    "name",
                    "organisation_id",
                    "signed_at",
                    "method",
                    "channel",
                    "signed_by",
                    "through_user",
                    "through_by",
                    "digest",
                ),
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.party} under {self.agreement_id}: {self.state}"


class HandedLink(Classified):
    """A link to a signature that a member of staff was shown, to hand over at the desk: append-only. `link` is the id of the link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.ForeignKey(Signature, on_delete=models.PROTECT, related_name="handed_links")
    link = models.UUIDField(unique=True)
    by_user = models.UUIDField(null=True, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {"id": _INTERNAL, "signature": _INTERNAL, "link": _INTERNAL, "by_user": _PERSONAL, "by_label": _PERSONAL, "at": _INTERNAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("at", "id")
        triggers = (pgtrigger.Protect(name="handed_links_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"link to {self.signature_id} handed over by {self.by_label}"


class SignedPaper(Classified):
    """The scan of an agreement that was signed on paper at the desk: append-only. `scan` is the file in base64."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="paper")
    scan = SealedField()
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "signature": _INTERNAL,
        "scan": _SENSITIVE,
        "kind": _INTERNAL,
        "digest": _INTERNAL,
        "at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("at", "id")
        triggers = (pgtrigger.Protect(name="papers_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"scan for {self.signature_id}"

    @property
    def content(self) -> bytes:
        """The scanned file as it was brought in."""
        return b64decode(self.scan)
