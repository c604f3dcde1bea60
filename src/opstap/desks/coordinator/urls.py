"""Addresses of the coordinator's desk."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from opstap.desks.coordinator.views import board, calls, funnel, merging, my_day, order, place, proposals, round_files, rounds, what_if

PARTS = {
    "lijsten/": "opstap.desks.coordinator.imports",
    "regels/": "opstap.desks.coordinator.rules",
    "maand/": "opstap.desks.coordinator.months",
    "mentoren/": "opstap.desks.coordinator.mentors",
    "rapporten/": "opstap.desks.coordinator.reports",
    "instellingen/": "opstap.desks.coordinator.settings",
}
"""Address prefix of each part of the desk."""

app_name = "coordinator"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", board.home, name="home"),
    path("mijn-dag/", my_day.show, name="my_day"),
    path("mijn-dag/momenten-vragen/", my_day.ask_moments, name="ask_moments"),
    path("bellijst/", calls.calls, name="calls"),
    path("plek/<uuid:place_id>/", place.show, name="place"),
    path("plek/<uuid:place_id>/wijzigen/", place.change, name="change_place"),
    path("plek/<uuid:place_id>/vasthouden/", place.hold, name="hold"),
    path("plek/<uuid:place_id>/vrijgeven/<uuid:hold_id>/", place.release, name="release"),
    path("plek/<uuid:place_id>/pauzeren/", place.pause, name="pause"),
    path("plek/<uuid:place_id>/hervatten/", place.resume, name="resume"),
    path("plek/<uuid:place_id>/bevestigen/", place.confirm, name="confirm"),
    path("trechter/", funnel.overview, name="funnel"),
    path("trechter/mensen/", funnel.waiting, name="waiting"),
    path("trechter/mensen/bestand/", funnel.export, name="export_waiting"),
    path("zoeken/", funnel.find, name="find"),
    path("samenvoegen/", merging.find, name="merge_find"),
    path("samenvoegen/<uuid:keep_id>/<uuid:other_id>/", merging.compare, name="merge"),
    path("samenvoegen/<uuid:keep_id>/<uuid:other_id>/apart/", merging.apart, name="keep_apart"),
    path("rondes/", rounds.rounds, name="rounds"),
    path("rondes/starten/", rounds.start, name="start_round"),
    path("rondes/volgorde/", order.order, name="order"),
    path("rondes/<uuid:round_id>/", rounds.show, name="round"),
    path("rondes/<uuid:round_id>/voortgang/", rounds.progress, name="round_progress"),
    path("rondes/<uuid:round_id>/versturen/", proposals.send, name="send"),
    path("rondes/<uuid:round_id>/niet-geplaatst/", rounds.people, name="not_placed"),
    path("rondes/<uuid:round_id>/lege-plekken/", rounds.empty, name="empty_places"),
    path("rondes/<uuid:round_id>/prijzen/", rounds.prices, name="prices"),
    path("rondes/<uuid:round_id>/verschil/", rounds.changes, name="round_changes"),
    path("rondes/<uuid:round_id>/bestand/", round_files.export, name="export_round"),
    path("rondes/voorstel/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("rondes/voorstel/<uuid:proposal_id>/afwijzen/", proposals.decline, name="decline"),
    path("rondes/voorstel/<uuid:proposal_id>/vastpinnen/", proposals.pin, name="pin"),
    path("rondes/voorstel/<uuid:proposal_id>/uitsluiten/", proposals.forbid, name="forbid"),
    path("rondes/voorstel/<uuid:proposal_id>/loslaten/", proposals.stop_asking, name="stop_asking"),
    path("rondes/wat-als/", what_if.what_if, name="what_if"),
]
urlpatterns += [path(prefix, include(f"{part}.urls")) for prefix, part in PARTS.items() if find_spec(part)]
