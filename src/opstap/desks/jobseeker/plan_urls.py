"""Addresses of the person's own plan."""

from django.urls import path

from opstap.desks.jobseeker.views import plan

urlpatterns = [
    path("t/<str:key>/plan/", plan.show, name="plan"),
    path("t/<str:key>/plan/klopt/", plan.agree, name="plan_agree"),
    path("t/<str:key>/plan/pdf/", plan.pdf, name="plan_pdf"),
    path("t/<str:key>/plan/actie/<uuid:action_id>/", plan.tick, name="plan_tick"),
]
