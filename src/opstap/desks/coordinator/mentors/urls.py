"""Addresses of mentors."""

from django.urls import path

from opstap.desks.coordinator.mentors import mentors, package, trainings

app_name = "mentors"
urlpatterns = [
    path("", mentors.home, name="home"),
    path("opleidingen/", trainings.trainings, name="trainings"),
    path("opleidingen/nieuw/", trainings.offer, name="offer_training"),
    path("opleidingen/<uuid:session_id>/", trainings.show, name="training"),
    path("opleidingen/<uuid:session_id>/inschrijven/", trainings.enrol, name="training_enrol"),
    path("opleidingen/<uuid:session_id>/annuleren/", trainings.cancel, name="cancel_training"),
    path("opleidingen/<uuid:session_id>/attesten/", trainings.certify, name="certify_training"),
    path("opleidingen/aanwezig/<uuid:enrolment_id>/<str:answer>/", trainings.note, name="note_training"),
    path("attesten/", package.register, name="register"),
    path("attesten/bestand/", package.export_register, name="export_register"),
    path("pakket/", package.show, name="package"),
    path("pakket/dossier/", package.export_package, name="export_package"),
    path("pakket/<uuid:place_id>/infofiche/", package.fact_sheet, name="fact_sheet"),
    path("<uuid:mentor_id>/", mentors.show, name="mentor"),
    path("<uuid:mentor_id>/afwezig/", mentors.away, name="mentor_away"),
    path("<uuid:mentor_id>/afwezig/<uuid:absence_id>/", mentors.back, name="mentor_back"),
    path("<uuid:mentor_id>/vervanger/", mentors.stand_in, name="mentor_stand_in"),
    path("<uuid:mentor_id>/vervanger/<uuid:back_up_id>/stoppen/", mentors.stop_stand_in, name="mentor_stop_stand_in"),
    path("<uuid:mentor_id>/inschrijven/", mentors.enrol, name="mentor_enrol"),
    path("<uuid:mentor_id>/inschrijving/<uuid:enrolment_id>/annuleren/", mentors.cancel_seat, name="mentor_cancel_seat"),
    path("<uuid:mentor_id>/attest/", mentors.certify, name="mentor_certify"),
    path("<uuid:mentor_id>/attest/<uuid:certificate_id>/", mentors.paper, name="mentor_paper"),
]
