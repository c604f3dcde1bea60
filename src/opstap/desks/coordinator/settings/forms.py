"""Numbers within what is sane, and a competence of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from opstap.ui.components.status import reason

if TYPE_CHECKING:
    from opstap.steering.overviews.queries.settings import CatalogueGroup, Setting


class NumbersForm(forms.Form):
    """A field for each number; what is not sane is refused with the least and the most."""

    def __init__(self, *args: Any, settings: Iterable[Setting], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Make the fields, filled with what holds now."""
        super().__init__(*args, **kwargs)
        for each in settings:
            about = _("%(does)s From %(least)d to %(most)d; at first %(first)d.") % {
                "does": reason(each.does), "least": each.least, "most": each.most, "first": each.at_first,
            }  # fmt: skip
            self.fields[each.key] = forms.IntegerField(
                label=reason(each.title),
                min_value=each.least,
                max_value=each.most,
                initial=each.value,
                help_text=about,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
            )


class CompetenceForm(forms.Form):
    """A task or a way of working that the catalogue lacks."""

    group = forms.ChoiceField(label=lazy("Which work is it?"))
    label = forms.CharField(label=lazy("What is it called?"), max_length=100, help_text=lazy("Short, as in a plan: “Fietsen herstellen”."))
    plain = forms.CharField(
        label=lazy("What does somebody do then?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("One plain sentence with “je”: the person reads it."),
    )
    esco_uri = forms.CharField(
        label=lazy("Skill in ESCO"),
        max_length=200,
        required=False,
        help_text=lazy("The address that starts with http://data.europa.eu/esco/. Leave it open when you do not know it."),
    )

    def __init__(self, *args: Any, groups: Iterable[CatalogueGroup], **kwargs: Any) -> None:  # noqa: ANN401 - as Form
        """Offer the groups."""
        super().__init__(*args, **kwargs)
        group = self.fields["group"]
        if isinstance(group, forms.ChoiceField):
            group.choices = [(each.group.pk, each.group.label) for each in groups]
