"""Addresses of the lists."""

from django.urls import path

from opstap.desks.coordinator.imports import decisions, views

app_name = "imports"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("nieuw/", views.upload, name="upload"),
    path("<uuid:batch_id>/", views.batch, name="batch"),
    path("<uuid:batch_id>/toepassen/", views.apply, name="apply"),
    path("<uuid:batch_id>/opzij/", views.discard, name="discard"),
    path("<uuid:batch_id>/voortgang/", views.progress, name="progress"),
    path("rij/<uuid:row_id>/", decisions.row, name="row"),
    path("rij/<uuid:row_id>/verbeteren/", decisions.correct, name="correct"),
    path("rij/<uuid:row_id>/kiezen/", decisions.choose, name="choose"),
    path("rij/<uuid:row_id>/samen/", decisions.join, name="join"),
    path("rij/<uuid:row_id>/apart/", decisions.separate, name="separate"),
    path("rij/<uuid:row_id>/overslaan/", decisions.skip, name="skip"),
]
