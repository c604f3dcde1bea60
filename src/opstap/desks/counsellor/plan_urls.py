"""Addresses of somebody's plan at the counsellor's desk."""

from django.urls import path

from opstap.desks.counsellor.views import plan_parts, plans

urlpatterns = [
    path("dossiers/<uuid:referral_id>/plan/", plans.show, name="plan"),
    path("dossiers/<uuid:referral_id>/plan/kan/", plan_parts.level, name="plan_level"),
    path("plan/<uuid:plan_id>/stap/<slug:name>/", plans.step, name="plan_step"),
    path("plan/<uuid:plan_id>/richting/", plans.write_aim, name="plan_aim"),
    path("plan/<uuid:plan_id>/opmerking/", plans.remark, name="plan_remark"),
    path("plan/<uuid:plan_id>/pdf/", plans.pdf, name="plan_pdf"),
    path("plan/<uuid:plan_id>/doel/", plan_parts.new_goal, name="plan_new_goal"),
    path("plan/doel/<uuid:goal_id>/", plan_parts.goal, name="plan_goal"),
    path("plan/doel/<uuid:goal_id>/stand/", plan_parts.goal_state, name="plan_goal_state"),
    path("plan/doel/<uuid:goal_id>/actie/", plan_parts.new_action, name="plan_new_action"),
    path("plan/actie/<uuid:action_id>/", plan_parts.action, name="plan_action"),
    path("plan/actie/<uuid:action_id>/gedaan/", plan_parts.tick, name="plan_tick"),
]
