"""The document that everybody signs: made once per version, kept byte for byte."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import datetime

from opstap.journey.agreements.assembly import printed
from opstap.journey.agreements.models import Agreement, Document


def keep_document(row: Agreement, at: datetime) -> Document:
    """Print the agreement as it reads now and keep the file; sets the agreement's digest (the caller saves it)."""
    content = printed(row, at)
    digest = hashlib.sha256(content).hexdigest()
    document = Document(agreement=row, version=row.documents.count() + 1, digest=digest, made_at=at)
    document.pdf = b64encode(content).decode()
    document.save()
    row.digest = digest
    return document
