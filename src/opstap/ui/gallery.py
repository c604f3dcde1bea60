"""The gallery: every component with its states, so that a designer sees what a builder has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from opstap.ui.components.layout import Event
from opstap.ui.components.status import STATES
from opstap.ui.maps import MapPoint, neighbourhood_map
from opstap.ui.navigation import navigation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Naam", help_text="Zoals op je identiteitskaart.", max_length=40)
    birth_date = forms.DateField(label="Geboortedatum", help_text="Bijvoorbeeld 30/05/1984.")
    level = forms.ChoiceField(label="Niveau Nederlands", choices=[("", "Kies"), ("A1", "A1"), ("A2", "A2")])
    travel = forms.ChoiceField(label="Hoe kom je?", widget=forms.RadioSelect, choices=[("bike", "Met de fiets"), ("walk", "Te voet")])
    limits = forms.MultipleChoiceField(label="Wat kan niet?", widget=forms.CheckboxSelectMultiple, choices=[("lifting", "Zwaar tillen"), ("dust", "Stof")], required=False)
    agrees = forms.BooleanField(label="Ik heb dit gelezen")
    remark = forms.CharField(label="Opmerking", widget=forms.Textarea, required=False)


SAMPLE_POINTS = (
    MapPoint("Mariakerke", 2.883, 51.222), MapPoint("Centrum", 2.914, 51.229), MapPoint("Vuurtorenwijk", 2.938, 51.236),
    MapPoint("Conterdam", 2.909, 51.209), MapPoint("Stene", 2.919, 51.203), MapPoint("Raversijde", 2.853, 51.204),
    MapPoint("Zandvoorde", 2.967, 51.200), MapPoint("Bredene Dorp", 2.974, 51.237),
)  # fmt: skip


def _sample(today: date) -> dict[str, Any]:
    return {
        "nav": navigation("/galerij/", ("Componenten", "/galerij/"), ("Mijn dag", "/mijn-dag/", 12), ("Plaatsen", "/plaatsen/")),
        "states": [(state, state) for state in STATES],
        "form": SampleForm(), "wrong": SampleForm({"name": "Amina", "birth_date": "gisteren"}),
        "today": today, "twelve_days_ago": today - timedelta(days=12), "long_ago": today - timedelta(days=200), "in_a_while": today + timedelta(days=90),
        "facts": [("Waar", "Bibliotheek Kris Lambert"), ("Uren", "24 per week"), ("Rijbewijs", None)],
        "events": [Event(today, "Voorstel gekregen", "Stad Oostende"), Event(today - timedelta(days=9), "Mag starten", "Sofie Maes", "Alle voorwaarden voldaan.")],
        "bars": [("Te ver", 14), ("Nederlands te laag", 9), ("Halve dagen passen niet", 6.5), ("Rijbewijs B ontbreekt", 2)],
        "page": Paginator(range(95), 10).page(4), "walk": ["Aangemeld", "Mag starten", "Voorstel", "Geplaatst"],
        "half_days": ("mon_am", "mon_pm", "tue_am", "thu_am"), "needed": ("mon_am", "fri_am"),
        "map": neighbourhood_map(SAMPLE_POINTS, title="Van thuis naar de plaats", home="Stene", place="Centrum", minutes=12, mode="bike"),
        "rows": [("Klusjesman", "free", 3, 19), ("Poetshulp sporthal", "taken", 0, 24), ("Fietshersteller", "held", 1, 19)],
    }  # fmt: skip


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; `?vorm=publiek` shows them in the public shell."""
    props = _sample(localdate()) | {"shell": "ui/base.html" if request.GET.get("vorm") == "publiek" else "ui/staff.html", "title": _("Components")}
    return render(request, "ui/gallery/gallery.html", props)
