"""The document that everybody signs: made once per version, kept byte for byte."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from opstap.bridges.pdf.agreements import agreement_pdf
from opstap.journey.agreements.assembly import paper_of
from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.models import Agreement, Document
from opstap.journey.agreements.queries import terms_in_force


def keep_document(row: Agreement, parties: Sequence[Party], at: datetime) -> Document:
    """Print the agreement as it reads now and keep the file; sets the agreement's digest (the caller saves it)."""
    content = printed(row, parties, at)
    digest = hashlib.sha256(content).hexdigest()
    document = Document(agreement=row, version=row.documents.count() + 1, digest=digest, made_at=at)
    document.pdf = b64encode(content).decode()
    document.save()
    row.digest = digest
    return document


def printed(row: Agreement, parties: Sequence[Party], at: datetime) -> bytes:
    """Return the PDF of the agreement as it reads now; an addendum beside what counts until then."""
    before = terms_in_force(row).fields if row.supersedes_id else {}
    return agreement_pdf(paper_of(row, tuple(parties), localdate(at), before=before))
