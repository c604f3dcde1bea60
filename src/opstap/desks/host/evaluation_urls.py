"""Addresses of the evaluations of the own floor."""

from django.urls import path

from opstap.desks.host.views import evaluations

urlpatterns = [
    path("evaluatie/", evaluations.waiting, name="evaluations"),
    path("evaluatie/<uuid:evaluation_id>/", evaluations.one, name="evaluation"),
    path("evaluatie/<uuid:evaluation_id>/verbeteren/", evaluations.correct, name="correct_evaluation"),
]
