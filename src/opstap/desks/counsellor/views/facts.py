"""Recording what became known of somebody: one fact at a time, or another address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.desks.counsellor.forms.facts import FactForm
from opstap.desks.counsellor.forms.follow_up import CONTACT_FIELDS, ContactDataForm
from opstap.desks.counsellor.reach import case_url, followed
from opstap.desks.counsellor.shown import ShownFact, shown_facts
from opstap.desks.counsellor.tasks import Task, show
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.people.enums import FactSource
from opstap.journey.people.operations import set_facts, update_contact
from opstap.journey.referrals.queries import followed_referral, followed_referrals
from opstap.steering.overviews.queries.case_facts import changed_facts, fact_of
from opstap.ui.words import say
from opstap.ui.words_counsellor import FACT_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opstap.foundation.actor import Actor
    from opstap.journey.referrals.models import Referral


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_fact(request: HttpRequest, referral_id: UUID, name: str) -> HttpResponse:
    """Record one fact with its source, proof and end."""
    actor, referral = followed(request, referral_id)
    fact = fact_of(actor, referral, name, today())
    if fact is None:
        raise Http404
    version = {"version": referral.person.version}
    form = FactForm(name, request.POST or None, value=fact.value, initial=version)
    task = Task(
        title=_(FACT_NAMES[name]),
        about=str(referral.person),
        button=_("Record"),
        done=_("Recorded. Decide again if it matters for a decision."),
        back=case_url(referral_id, "vragen"),
    )
    if not form.is_valid():
        return show(request, task, form)
    given = form.cleaned_data
    try:
        changed = set_facts(
            person=referral.person,
            facts={name: given["value"]},
            version=given["version"],
            source=FactSource(given["source"]),
            proof=given["proof"],
            holds_until=given["holds_until"],
            within=followed_referrals(actor),
            by=actor,
            at=now(),
        )
    except Refused as refused:
        return _refused(request, task, form, refused, (actor, referral))
    messages.success(request, task.done if changed else _("Nothing was changed."))
    return redirect(task.back)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_data(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Record another telephone, e-mail or home address."""
    actor, referral = followed(request, referral_id)
    person = referral.person
    present = {name: getattr(person, name) for name in CONTACT_FIELDS}
    form = ContactDataForm(request.POST or None, initial=present | {"version": person.version})
    task = Task(_("Contact data"), str(person), _("Save"), _("Saved."), case_url(referral_id))
    if not form.is_valid():
        return show(request, task, form)
    given = form.cleaned_data
    contact = {name: given[name] for name in CONTACT_FIELDS}
    try:
        update_contact(person=person, contact=contact, version=given["version"], within=followed_referrals(actor), by=actor, at=now())
    except Refused as refused:
        return _refused(request, task, form, refused, (actor, referral))
    messages.success(request, task.done)
    return redirect(task.back)


def _refused(request: HttpRequest, task: Task, form: Form, refused: Refused, whose: tuple[Actor, Referral]) -> HttpResponse:
    """Show the form again with why; after a change by somebody else also with what is there now, so that saving again works."""
    actor, referral = whose
    changed: Sequence[ShownFact] = ()
    if refused.reason.code == "people.changed_meanwhile":
        fresh = followed_referral(actor, referral.pk)
        names: Any = refused.reason.facts["changed"]
        changed = shown_facts(changed_facts(actor, fresh, names, today())) if fresh else ()
        form = _with_version(form, fresh.person.version if fresh else 0)
    task = Task(task.title, task.about, task.button, task.done, task.back, task.template, {"changed": changed})
    return show(request, task, form, say(refused.reason))


def _with_version(form: Form, version: int) -> Form:
    """Return the form as it was filled in, for the record as it is now."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["version"] = str(version)
    form.data = data
    return form
