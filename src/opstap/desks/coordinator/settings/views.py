"""One page for the days, hours and numbers of a programme, and one for the competences that it adds to the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.settings.forms import CompetenceForm, NumbersForm
from opstap.desks.coordinator.views.programme import id_in
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.foundation.programmes.operations import set_terms
from opstap.journey.followup.enums import Rule
from opstap.journey.followup.operations import set_rule_numbers
from opstap.journey.plans.operations import add_competence, retire_competence
from opstap.steering.overviews.queries.settings import SettingsPage, own_catalogue, own_competence, settings_page
from opstap.ui.addresses import reverse
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID


def _asked(request: HttpRequest) -> UUID | None:
    """Return the programme in `?programma=`, None for the latest; raises Http404 for what is no programme."""
    asked = request.GET.get("programma", "")
    if asked and id_in(asked) is None:
        raise Http404
    return id_in(asked)


def _page(request: HttpRequest) -> SettingsPage:
    page = settings_page(actor_of(request), _asked(request), today())
    if page is None:
        raise Http404
    return page


def _shown(
    request: HttpRequest, page: SettingsPage, *, terms: NumbersForm | None = None, rules: NumbersForm | None = None, refusal: str = ""
) -> HttpResponse:
    is_refused = terms is not None or rules is not None
    terms, rules = terms or NumbersForm(settings=page.terms), rules or NumbersForm(settings=page.numbers)
    parts = [(rule, [rules[number.key] for number in rule.numbers], rule.numbers) for rule in page.rules]
    props = {"page": page, "terms": terms, "rules": rules, "parts": parts, "refusal": refusal}
    return render(request, "coordinator/settings/home.html", props, status=422 if is_refused else 200)


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every number with what it does, what is sane and who set it."""
    return _shown(request, _page(request))


@login_required
@require_POST
def terms(request: HttpRequest) -> HttpResponse:
    """Set the days, and how far messages hold back."""
    page = _page(request)
    form = NumbersForm(request.POST, settings=page.terms)
    if not form.is_valid():
        return _shown(request, page, terms=form)
    try:
        set_terms(programme=page.programme, terms=form.cleaned_data, by=actor_of(request), at=now())
    except Refused as refused:
        return _shown(request, page, terms=form, refusal=say(refused.reason))
    messages.success(request, _("Set. It counts from now on."))
    return _back(page)


@login_required
@require_POST
def rules(request: HttpRequest) -> HttpResponse:
    """Set the numbers of the rules of follow-up."""
    page = _page(request)
    form = NumbersForm(request.POST, settings=page.numbers)
    if not form.is_valid():
        return _shown(request, page, rules=form)
    numbers = {_named(key): value for key, value in form.cleaned_data.items()}
    try:
        set_rule_numbers(programme=page.programme, numbers=numbers, by=actor_of(request), at=now())
    except Refused as refused:
        return _shown(request, page, rules=form, refusal=say(refused.reason))
    messages.success(request, _("Set. The rules are gone through every night; tonight they follow this."))
    return _back(page)


def _named(key: str) -> tuple[Rule, str]:
    rule, name = key.split("-", 1)
    return Rule(rule), name


def _back(page: SettingsPage) -> HttpResponse:
    return redirect(f"{reverse('coordinator:settings:home')}?programma={page.programme.pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def competences(request: HttpRequest) -> HttpResponse:
    """Show what the programme added to the catalogue, and add to it."""
    actor = actor_of(request)
    found = own_catalogue(actor, _asked(request))
    if found is None:
        raise Http404
    programme, groups = found
    form = CompetenceForm(request.POST or None, groups=groups)
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        group = next(each.group for each in groups if each.group.pk == given["group"])
        try:
            words = {"label": given["label"], "plain": given["plain"], "esco_uri": given["esco_uri"]}
            add_competence(programme=programme, group=group, by=actor, at=now(), **words)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("Added. It can be chosen in every plan of this programme."))
            return redirect(f"{reverse('coordinator:settings:competences')}?programma={programme.pk}")
    props = {"programme": programme, "groups": groups, "own": any(each.own for each in groups), "form": form, "refusal": refusal}
    return render(request, "coordinator/settings/competences.html", props, status=422 if form.is_bound else 200)


@login_required
@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Offer an own competence no longer; what was said of it stays."""
    actor = actor_of(request)
    competence = own_competence(actor, code)
    if competence is None:
        raise Http404
    try:
        retire_competence(competence=competence, by=actor, at=now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("Not offered any more. What was said of it stays in the plans."))
    return redirect(f"{reverse('coordinator:settings:competences')}?programma={competence.programme_id}")
