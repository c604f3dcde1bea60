"""Addresses of the journey: its page and sections, appointments, tasks, and who else follows somebody."""

from django.urls import path

from opstap.desks.counsellor.views import appointments, journey, sharing, to_do

urlpatterns = [
    path("afspraken/", appointments.appointments, name="appointments"),
    path("afspraken/moment/<uuid:slot_id>/sluiten/", appointments.close_moment, name="close_slot"),
    path("afspraken/<uuid:invitation_id>/kiezen/", appointments.choose, name="choose"),
    path("afspraken/<uuid:invitation_id>/afzeggen/", appointments.call_off, name="call_off"),
    path("afspraken/<uuid:invitation_id>/intrekken/", appointments.withdraw, name="withdraw_invitation"),
    path("afspraken/<uuid:invitation_id>/uitkomst/<slug:outcome>/", appointments.outcome, name="outcome"),
    path("proefdag/plannen/<uuid:placement_id>/", appointments.plan, name="plan_trial"),
    path("proefdag/<uuid:trial_id>/", appointments.verdict, name="trial_verdict"),
    path("proefdag/<uuid:trial_id>/afzeggen/", appointments.end_trial, name="end_trial"),
    path("taak/<uuid:task_id>/", to_do.close, name="close_task"),
    path("taak/<uuid:task_id>/uitstellen/", to_do.put_off, name="put_off_task"),
    path("gedeeld/", sharing.shared_with_us, name="shared"),
    path("gedeeld/<uuid:assignment_id>/stoppen/", sharing.end, name="end_share"),
    path("dossiers/<uuid:referral_id>/delen/", sharing.share, name="share"),
    path("dossiers/<uuid:referral_id>/uitnodigen/", appointments.invite_person, name="invite"),
    path("dossiers/<uuid:referral_id>/traject/", journey.show, name="journey"),
    path("dossiers/<uuid:referral_id>/traject/<slug:slug>/", journey.theme, name="journey_theme"),
]
