"""Addresses of evaluations at the counsellor's desk."""

from django.urls import path

from opstap.desks.counsellor.views import evaluations

urlpatterns = [
    path("dossiers/<uuid:referral_id>/competenties/", evaluations.competences, name="competences"),
    path("dossiers/<uuid:referral_id>/evaluatie/vragen/", evaluations.ask, name="ask_evaluation"),
    path("evaluatie/<uuid:evaluation_id>/", evaluations.one, name="evaluation"),
    path("evaluatie/<uuid:evaluation_id>/verbeteren/", evaluations.correct, name="correct_evaluation"),
    path("evaluatie/<uuid:evaluation_id>/gebeld/", evaluations.called, name="call_evaluation"),
    path("evaluatie/<uuid:evaluation_id>/antwoord/", evaluations.answer, name="answer_evaluation"),
]
