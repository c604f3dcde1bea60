"""Where people stand, as steps of the strip: written at once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from opstap.steering.overviews.queries.funnel import Standing
from opstap.ui.addresses import reverse
from opstap.ui.markup import filled
from opstap.ui.templatetags.opstap import badge

_STEP = '<li{}><a href="{}?programma={}&amp;fase={}"><b>{}</b>{}</a>{}</li>'
_DAYS = '<span class="small muted">{}</span>'


def standing_steps(standing: Iterable[Standing], programme_id: UUID) -> SafeString:
    """Return per stage how many people stand there, linked to their list, and for how long in the median."""
    people = reverse("coordinator:waiting")
    return SafeString("".join([_step(step, people, programme_id) for step in standing]))


def _step(step: Standing, people: str, programme_id: UUID) -> SafeString:
    some, days = "", ""
    if step.count:
        told = ngettext("%(days)s day", "%(days)s days", step.median_days) % {"days": number_format(step.median_days)}
        some, days = SafeString(' class="some"'), filled(_DAYS, told)
    return filled(_STEP, some, people, programme_id, step.stage.value, number_format(step.count), badge(step.stage.value), days)
