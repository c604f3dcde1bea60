"""Addresses of the rules."""

from django.urls import path

from opstap.desks.coordinator.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.parameters, name="parameters"),
    path("<uuid:programme_id>/", views.parameters, name="parameters_of"),
    path("<uuid:programme_id>/<slug:parameter_id>/voorstel/", views.propose, name="propose"),
    path("wijziging/<uuid:change_id>/", views.change, name="change"),
    path("wijziging/<uuid:change_id>/proefdraaien/", views.rehearse, name="rehearse"),
    path("wijziging/<uuid:change_id>/goedkeuren/", views.approve, name="approve"),
    path("wijziging/<uuid:change_id>/intrekken/", views.withdraw, name="withdraw"),
]
