"""Addresses of the own mentors: training, absences, who stands in, and the fact sheets of the own places."""

from django.urls import path

from opstap.desks.host.views import mentors

urlpatterns = [
    path("opleiding/", mentors.home, name="mentors"),
    path("opleiding/<uuid:mentor_id>/", mentors.show, name="mentor"),
    path("opleiding/<uuid:mentor_id>/afwezig/", mentors.away, name="mentor_away"),
    path("opleiding/<uuid:mentor_id>/afwezig/<uuid:absence_id>/", mentors.back, name="mentor_back"),
    path("opleiding/<uuid:mentor_id>/vervanger/", mentors.stand_in, name="mentor_stand_in"),
    path("opleiding/<uuid:mentor_id>/vervanger/<uuid:back_up_id>/stoppen/", mentors.stop_stand_in, name="mentor_stop_stand_in"),
    path("opleiding/<uuid:mentor_id>/inschrijven/", mentors.enrol, name="mentor_enrol"),
    path("opleiding/<uuid:mentor_id>/inschrijving/<uuid:enrolment_id>/annuleren/", mentors.cancel_seat, name="mentor_cancel_seat"),
    path("opleiding/<uuid:mentor_id>/attest/<uuid:certificate_id>/", mentors.paper, name="mentor_paper"),
    path("plaats/<uuid:place_id>/infofiche/", mentors.fact_sheet, name="fact_sheet"),
    path("plaats/<uuid:place_id>/sluiten/", mentors.close_floor, name="close_floor"),
]
