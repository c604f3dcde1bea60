"""Addresses of the directory."""

from django.urls import path

from opstap.desks.public.directory import views

urlpatterns = [path("", views.places, name="home"), path("plaats/<uuid:place_id>/", views.place, name="place")]
