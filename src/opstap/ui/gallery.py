"""The gallery: every component with its states, so that a designer sees what a builder has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.ui.components.layout import Event
from opstap.ui.components.status import STATES
from opstap.ui.maps import MapPoint, neighbourhood_map
from opstap.ui.navigation import Hat, navigation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Naam", help_text="Zoals op je identiteitskaart.", max_length=40)
    birth_date = forms.DateField(label="Geboortedatum", help_text="Bijvoorbeeld 30/05/1984.")
    level = forms.ChoiceField(label="Niveau Nederlands", choices=[("", "Kies"), ("A1", "A1"), ("A2", "A2")])
    travel = forms.ChoiceField(label="Hoe kom je?", widget=forms.RadioSelect, choices=[("bike", "Met de fiets"), ("walk", "Te voet")])
    limits = forms.MultipleChoiceField(
        label="Wat kan niet?", widget=forms.CheckboxSelectMultiple, choices=[("lifting", "Zwaar tillen"), ("dust", "Stof")], required=False
    )
    agrees = forms.BooleanField(label="Ik heb dit gelezen")
    remark = forms.CharField(label="Opmerking", widget=forms.Textarea, required=False)


SAMPLE_POINTS = (
    MapPoint("Bredene-Duinen", 2.9884, 51.2489),
    MapPoint("Dorp", 2.9738, 51.2365),
    MapPoint("Duinen en Strand", 2.9655, 51.2528),
    MapPoint("Groenendijk-Vicogne", 2.9583, 51.2380),
    MapPoint("Nukker-Sas", 2.9704, 51.2265),
    MapPoint("Zuidoostwijk", 2.9861, 51.2322),
    MapPoint("Centrum", 2.9151, 51.2293),
    MapPoint("Konterdam - Meiboom", 2.9378, 51.2126),
    MapPoint("Mariakerke - Nieuwe Koers", 2.8883, 51.2134),
    MapPoint("Raversijde", 2.8715, 51.2006),
    MapPoint("Stene", 2.9189, 51.1999),
    MapPoint("Vuurtoren", 2.9448, 51.2294),
    MapPoint("Westerkwartier - Vlaams Plein", 2.8988, 51.2220),
    MapPoint("Zandvoorde", 2.9667, 51.2049),
)


def _sample(today: date) -> dict[str, Any]:
    return {
        "nav": navigation("/galerij/", ("Componenten", "/galerij/"), ("Mijn dag", "/mijn-dag/", 12), ("Plaatsen", "/plaatsen/")),
        "organisation_name": "Stad Oostende",
        "user_name": "Els Vermeulen",
        "role_name": "coördinator",
        "search_url": "/zoek/",
        "switch_url": "#",
        "logout_url": "#",
        "hats": [Hat("1", "coördinator", "Stad Oostende", is_current=True), Hat("2", "trajectbegeleider", "Perspectief PV")],
        "states": [(state, state) for state in STATES],
        "form": SampleForm(),
        "wrong": SampleForm({"name": "Amina", "birth_date": "gisteren"}),
        "today": today,
        "twelve_days_ago": today - timedelta(days=12),
        "long_ago": today - timedelta(days=200),
        "in_a_while": today + timedelta(days=90),
        "facts": [("Waar", "Bibliotheek Kris Lambert"), ("Uren", "24 per week"), ("Rijbewijs", None)],
        "events": [
            Event(today, "Voorstel gekregen", "Stad Oostende"),
            Event(today - timedelta(days=9), "Mag starten", "Sofie Maes", "Alle voorwaarden voldaan."),
        ],
        "bars": [("Te ver", 14), ("Nederlands te laag", 9), ("Halve dagen passen niet", 6.5), ("Rijbewijs B ontbreekt", 2)],
        "page": Paginator(range(95), 10).page(4),
        "walk": ["Aangemeld", "Mag starten", "Voorstel", "Geplaatst"],
        "half_days": ("mon_am", "mon_pm", "tue_am", "thu_am"),
        "needed": ("mon_am", "fri_am"),
        "map": neighbourhood_map(SAMPLE_POINTS, title="Van thuis naar de plaats", home="Stene", place="Centrum", minutes=12, mode="bike"),
        "rows": [("Klusjesman", "free", 3, 19), ("Poetshulp sporthal", "taken", 0, 24), ("Fietshersteller", "held", 1, 19)],
    }


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; `?vorm=publiek` shows them in the public shell."""
    props = _sample(localdate()) | {
        "shell": "ui/base.html" if request.GET.get("vorm") == "publiek" else "ui/staff.html",
        "title": _("Components"),
    }
    return render(request, "ui/gallery/gallery.html", props)
