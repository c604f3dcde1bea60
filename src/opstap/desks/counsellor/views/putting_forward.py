"""Putting somebody who is interested forward for a contract with an employers' association, and where they stand there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.desks.counsellor.reach import followed
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.foundation.clock import now
from opstap.journey.associations.enums import HiringStage
from opstap.journey.associations.operations import put_forward
from opstap.journey.associations.queries import associations_near
from opstap.ui.addresses import reverse


class PutForwardForm(forms.Form):
    """At which association."""

    def __init__(self, *args: Any, associations: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        widget = forms.RadioSelect
        self.fields["association"] = forms.ChoiceField(label=_("Employers' association"), choices=associations, widget=widget)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show where somebody stands at the associations of the programme; a POST puts them forward at one."""
    actor, referral = followed(request, referral_id)
    near = associations_near(actor, referral)
    possible = {str(row.pk): row for row, stands in near if stands is None or stands.stage == HiringStage.STOPPED}
    task = Task(
        title=_("A contract with an employers' association"),
        about=str(referral.person),
        button=_("Put forward"),
        done=_("Put forward. The planner sees the name, not the file."),
        back=reverse("counsellor:places", args=[referral_id]),
        template="counsellor/put_forward.html",
        extra={"standing": [(row, stands) for row, stands in near if stands is not None], "possible": possible},
    )

    def act(given: dict[str, Any]) -> None:
        put_forward(association=possible[given["association"]], referral=referral, by=actor, at=now())

    choices = [(key, row.organisation.name) for key, row in possible.items()]
    return carry_out(request, task, PutForwardForm(request.POST or None, associations=choices), act)
