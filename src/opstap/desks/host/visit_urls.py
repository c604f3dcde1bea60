"""Addresses of visits and trial days at the own places."""

from django.urls import path

from opstap.desks.host.views import visits

urlpatterns = [
    path("bezoek/", visits.show, name="visits"),
    path("bezoek/moment/<uuid:slot_id>/sluiten/", visits.close_moment, name="close_slot"),
    path("bezoek/<uuid:invitation_id>/afzeggen/", visits.call_off, name="call_off"),
    path("bezoek/<uuid:invitation_id>/uitkomst/<slug:outcome>/", visits.outcome, name="outcome"),
    path("proefdag/<uuid:trial_id>/", visits.trial, name="trial"),
]
