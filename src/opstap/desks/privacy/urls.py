"""Addresses of the auditor's desk."""

from django.urls import path

from opstap.desks.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.home, name="home"),
    path("persoon/<uuid:person_id>/", views.person, name="person"),
    path("persoon/<uuid:person_id>/nareken/<uuid:decision_id>/", views.replay, name="replay"),
    path("regels/", views.rules, name="rules"),
]
