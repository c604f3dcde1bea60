"""Forms of mentors: a training, a certificate that was earned elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from opstap.journey.mentoring.enums import Topic
from opstap.journey.mentoring.operations import Outline
from opstap.ui.words import texts, translate

_DAY = forms.DateInput(attrs={"type": "date"})
_TIME = forms.TimeInput(attrs={"type": "time"})


class TrainingForm(forms.Form):
    """What a training is about, when and where, how many seats."""

    title = forms.CharField(label=_("Title"), max_length=120, initial=_("Training for mentors"))
    topics = forms.MultipleChoiceField(label=_("What it is about"), widget=forms.CheckboxSelectMultiple)
    on = forms.DateField(label=_("Day"), widget=_DAY)
    starts = forms.TimeField(label=_("From"), widget=_TIME, initial="09:00")
    ends = forms.TimeField(label=_("Until"), widget=_TIME, initial="16:30")
    where = forms.CharField(label=_("Where"), max_length=200)
    places = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100, initial=12)
    trainer = forms.CharField(label=_("Given by"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Give the topics their words; all of them stand ticked, as the minimum says."""
        super().__init__(*args, **kwargs)
        choices = [(topic.value, translate(texts()[f"mentoring.{topic.value}"])) for topic in Topic]
        self.fields["topics"].choices = choices  # type: ignore[attr-defined]  # a choice field has them
        self.fields["topics"].initial = [topic.value for topic in Topic]

    def outline(self) -> Outline:
        """Return what was filled in, in local time."""
        data = self.cleaned_data
        return Outline(
            title=data["title"],
            topics=tuple(Topic(topic) for topic in data["topics"]),
            starts_at=make_aware(datetime.combine(data["on"], data["starts"])),
            ends_at=make_aware(datetime.combine(data["on"], data["ends"])),
            where=data["where"],
            places=data["places"],
            trainer=data["trainer"],
        )


class CertificateForm(forms.Form):
    """A certificate that was earned elsewhere."""

    issued_on = forms.DateField(label=_("Certificate of"), widget=_DAY)
    expires_on = forms.DateField(label=_("Holds until"), widget=_DAY, required=False)
    source = forms.CharField(label=_("Where was it earned?"), max_length=200)
