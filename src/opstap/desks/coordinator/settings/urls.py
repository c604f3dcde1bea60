"""Addresses of what is set for a programme."""

from django.urls import path

from opstap.desks.coordinator.settings import views

app_name = "settings"
urlpatterns = [
    path("", views.show, name="home"),
    path("termijnen/", views.terms, name="terms"),
    path("opvolging/", views.rules, name="rules"),
    path("competenties/", views.competences, name="competences"),
    path("competenties/<str:code>/stoppen/", views.retire, name="retire"),
]
