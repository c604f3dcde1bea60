"""Addresses for the browser tests of the components: the gallery, and a list whose rows open beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from opstap.ui import errors
from opstap.ui.gallery import gallery

LIST = """{% extends "ui/staff.html" %}{% load opstap %}{% block title %}Mensen{% endblock %}{% block content %}{% page_header "Mensen" %}
{% data_table "Iedereen" keys=True %}<thead><tr><th scope="col">Naam</th></tr></thead>
<tbody>{% for name in names %}<tr><th scope="row">
<a href="/lijst/?open={{ name }}"
hx-get="/lijst/?paneel={{ name }}" hx-target="#panel">{{ name }}</a></th></tr>{% endfor %}</tbody>{% enddata_table %}
{% if opened %}<h2>{{ opened }} op een eigen pagina</h2>{% endif %}
{% confirm "Weigeren" url="/lijst/" %}<p>Amina krijgt bericht.</p>{% endconfirm %}
<button hx-get="/kapot/" hx-target="#panel">Stuk</button>{% endblock %}"""


def people(request: HttpRequest) -> HttpResponse:
    """Show a list; a row asked for by htmx comes as a fragment."""
    if "paneel" in request.GET:
        return HttpResponse(
            f'<button class="quiet" type="button" data-close>Sluiten</button><h2>{request.GET["paneel"]} in het paneel</h2>'
        )
    template = engines["django"].from_string(LIST)
    return HttpResponse(template.render({"names": ["Amina", "Bert", "Chloe"], "opened": request.GET.get("open")}, request))


def broken(request: HttpRequest) -> HttpResponse:
    """Fail, as a server does."""
    return errors.server_error(request)


urlpatterns = [
    path("galerij/", gallery),
    path("lijst/", people),
    path("kapot/", broken),
    path("leeg/", lambda request: errors.error_page(request, 409)),
]
