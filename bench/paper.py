"""Agreements on paper: how long one takes, and a hundred after each other, as tagged PDF."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from bench.child import measured
from bench.clock import timed
from bench.figures import Figure

if TYPE_CHECKING:
    from opstap.bridges.pdf.agreements import AgreementPaper

MANY = 100


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Print a three-party agreement of community service, alone and a hundred times."""
    found = measured("bench.paper", "run")
    yield Figure(f"agreement as tagged PDF, {found['kilobytes']:.0f} KB", found["one"], "s", at_most=0.06)
    yield Figure(f"{MANY} agreements as tagged PDF", found["many"], "s", at_most=3.0)


def run() -> dict[str, Any]:
    """Measure in a process of its own; the first one, which reads the fonts, is left out."""
    os.environ |= {"OPSTAP_MODE": "test", "DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    import django  # noqa: PLC0415 - only the child needs the product

    django.setup()
    from opstap.bridges.pdf.agreements import agreement_pdf  # noqa: PLC0415 - after setup

    papers = [_paper(number) for number in range(MANY)]
    size = len(agreement_pdf(papers[0]))
    each = [timed(lambda paper=paper: agreement_pdf(paper))[0] for paper in papers]  # type: ignore[misc]  # a default binds the loop's paper
    return {"one": statistics.median(each), "many": sum(each), "kilobytes": size / 1024}


def _paper(number: int) -> AgreementPaper:
    """Return the paper of an agreement that is in no database; each reads a little different."""
    from opstap.foundation.programmes.models import Programme  # noqa: PLC0415 - after setup
    from opstap.journey.agreements.assembly import paper_of, parties_of  # noqa: PLC0415 - after setup
    from opstap.journey.agreements.models import Agreement  # noqa: PLC0415 - after setup
    from opstap.journey.placements.models import Placement  # noqa: PLC0415 - after setup
    from opstap.journey.referrals.models import Referral  # noqa: PLC0415 - after setup

    referral = Referral(programme=Programme(name="Bench", desk_phone="059 00 00 00"))
    placement = Placement(instrument="community_service", referral=referral)
    fields = {
        "person_name": f"Noor Janssens {number}", "person_address": "Teststraat 1, 8400 Oostende", "host_name": "Stad Oostende",
        "host_number": "", "host_contact": "059 00 00 00", "partner_name": "Partner vzw", "partner_contact": "Sofie Maes",
        "job_title": "groenwerker", "site": "Park, Parklaan 1, 8400 Oostende", "first_day": "maandag om 8.30 uur",
        "mentor_name": "Els Peeters", "starts_on": "2023-09-04", "last_on": "2024-03-03", "half_days": 5, "hours_month": 36,
        "tasks": ["wieden", "snoeien", "bladeren ruimen"], "competences": ["veilig werken", "op tijd komen"], "host_insurance": "polis 1",
    }  # fmt: skip
    agreement = Agreement(placement=placement, number=f"2023-{number:04d}", kind="agreement", ruleset_version="2023-01", fields=fields)
    parties = parties_of("community_service", "2023-01")
    return paper_of(agreement, parties, date(2023, 9, 1), before={})
