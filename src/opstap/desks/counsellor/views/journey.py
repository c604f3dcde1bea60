"""The journey of one person on one page: what is urgent at once, the rest when it is unfolded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.counsellor.journey_themes import AGREEMENT, BY_SLUG, THEMES
from opstap.desks.counsellor.reach import shared
from opstap.foundation.clock import now, today
from opstap.journey.referrals.enums import Scope, Stage
from opstap.journey.referrals.operations import open_case_file
from opstap.steering.overviews.queries.case_file import purpose_of
from opstap.ui.requests import is_fragment

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.referrals.models import Referral


def _read(actor: Actor, referral: Referral) -> None:
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())


@login_required
@require_safe
def show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show every section that the actor may see; the urgent ones are there at once.

    Of somebody who is to be agreed on the agreement comes first.
    """
    actor, referral, scopes = shared(request, referral_id)
    _read(actor, referral)
    seen = [theme for theme in THEMES if theme.scope in scopes]
    if referral.stage == Stage.TO_BE_AGREED:
        seen.sort(key=lambda theme: theme.slug != AGREEMENT)
        seen = [replace(theme, is_open=theme.is_open or theme.slug == AGREEMENT) for theme in seen]
    shown = {key: value for theme in seen if theme.is_open for key, value in theme.shown(actor, referral, now()).items()}
    context = {"referral": referral, "themes": seen, "today": today(), "follows": Scope.FULL in scopes, **shown}
    return render(request, "counsellor/journey.html", context)


@login_required
@require_safe
def theme(request: HttpRequest, referral_id: UUID, slug: str) -> HttpResponse:
    """Show one section: as a piece of the journey's page, or as a page of its own."""
    actor, referral, scopes = shared(request, referral_id)
    found = BY_SLUG.get(slug)
    if found is None or found.scope not in scopes:
        raise Http404
    _read(actor, referral)
    context = {"referral": referral, "theme": found, "today": today(), **found.shown(actor, referral, now())}
    return render(request, found.template if is_fragment(request) else "counsellor/journey_theme.html", context)
