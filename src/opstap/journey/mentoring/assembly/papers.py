"""A certificate as it is printed; its words stand in the file of terms."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from opstap.bridges.pdf.sheets import Part, Sheet, sheet_pdf
from opstap.journey.mentoring.assembly.numbers import certificate_rule, terms
from opstap.journey.mentoring.models import Certificate


def certificate_paper(certificate: Certificate) -> bytes:
    """Return the certificate of a training of ours as a tagged PDF; the same certificate gives the same bytes."""
    words, session, mentor = terms()["paper"], certificate.session, certificate.mentor
    if session is None:
        msg = "a certificate earned elsewhere has its own paper"
        raise ValueError(msg)
    rule = certificate_rule(certificate.issued_on)
    mark = "" if rule.is_confirmed else f" {words['to_confirm']}"
    ends = _day(certificate.expires_on) if certificate.expires_on else words["no_expiry"]
    facts = (
        (words["name"], mentor.name),
        (words["organisation"], mentor.organisation.name),
        (words["training"], session.title),
        (words["day"], _day(localdate(session.starts_at))),
        (words["where"], session.where),
        (words["trainer"], session.trainer),
        (words["issued_on"], _day(certificate.issued_on)),
        (words["expires_on"], f"{ends}{mark}"),
    )
    programme = session.programme.name
    return sheet_pdf(
        Sheet(
            title=words["title"],
            reference=words["number"].format(number=certificate.number),
            lead=words["lead"].format(name=mentor.name),
            facts=tuple((label, text) for label, text in facts if text),
            parts=(Part(words["topics_title"], lines=tuple(words["topics"][topic] for topic in session.topics)),),
            notes=(words["programme"].format(programme=programme), rule.source),
            footer=f"{words['title']} · {certificate.number}",
            page_word=words["page"],
            author=programme,
            written_on=certificate.issued_on,
        )
    )


def _day(day: date) -> str:
    return f"{day.day} {terms()['paper']['months'][day.month - 1]} {day.year}"
