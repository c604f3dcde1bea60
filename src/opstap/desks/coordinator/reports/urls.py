"""Addresses of reports."""

from django.urls import path

from opstap.desks.coordinator.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.show, name="report"),
    path("mensen/", views.people, name="people"),
    path("bestand/", views.export, name="export"),
]
