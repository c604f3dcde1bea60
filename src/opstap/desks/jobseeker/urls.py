"""Addresses of the job seeker's desk. `key` is the token of a link, or "code" for who typed the short code in this browser."""

from django.urls import path

from opstap.desks.jobseeker import plan_urls
from opstap.desks.jobseeker.views import (
    agreement,
    answers,
    appointments,
    code,
    evaluation,
    file,
    hours,
    journey,
    links,
    offer,
    outcome,
    places,
    printing,
    why,
)

app_name = "jobseeker"
urlpatterns = [
    path("", code.home, name="home"),
    path("code/", code.enter, name="code"),
    path("link/", links.fresh, name="fresh_link"),
    path("brieven/", printing.waiting, name="letters"),
    path("brieven/afdrukken/", printing.print_many, name="print_letters"),
    path("brieven/gepost/", printing.posted, name="posted_letters"),
    path("brieven/bericht/<uuid:message_id>/<slug:way>/", printing.otherwise, name="message_otherwise"),
    path("brieven/<uuid:proposal_id>/", printing.print_one, name="print_letter"),
    path("v/<str:key>/", offer.show, name="offer"),
    path("v/<str:key>/antwoord/<str:answer>/", answers.answer, name="answer"),
    path("v/<str:key>/plaatsen/", places.fitting, name="places"),
    path("v/<str:key>/plaatsen/<uuid:place_id>/", places.interest, name="interest"),
    path("v/<str:key>/beslissing/", file.decisions, name="decisions"),
    path("v/<str:key>/wie-keek/", file.readers, name="readers"),
    path("t/<str:key>/", journey.show, name="journey"),
    path("t/<str:key>/wie-keek/", journey.readers, name="journey_readers"),
    path("t/<str:key>/berichten/", journey.messages, name="messages"),
    path("t/<str:key>/afspraak/", appointments.show, name="appointment"),
    path("t/<str:key>/afspraak/<uuid:invitation_id>/kies/", appointments.choose, name="choose_slot"),
    path("t/<str:key>/afspraak/<uuid:invitation_id>/afzeggen/", appointments.call_off, name="call_off"),
    path("t/<str:key>/overeenkomst/", agreement.show, name="agreement"),
    path("t/<str:key>/overeenkomst/niet-tekenen/", agreement.refuse, name="agreement_refuse"),
    path("t/<str:key>/overeenkomst/pdf/", agreement.pdf, name="agreement_pdf"),
    path("t/<str:key>/uren/", hours.show, name="hours"),
    path("t/<str:key>/uren/klopt/", hours.confirm, name="confirm_hours"),
    path("t/<str:key>/uren/rekening/", hours.account, name="bank_account"),
    path("t/<str:key>/uren/<uuid:day_id>/", hours.answer, name="answer_day"),
    path("t/<str:key>/evaluatie/", evaluation.show, name="evaluation"),
    path("t/<str:key>/evaluatie/<uuid:evaluation_id>/antwoord/", evaluation.answer, name="answer_evaluation"),
    path("t/<str:key>/hoe-gaat-het/", outcome.show, name="outcome"),
    *plan_urls.urlpatterns,
    path("t/<str:key>/waarom/", why.show, name="why"),
    path("t/<str:key>/proefdag/<uuid:trial_id>/", appointments.trial, name="trial"),
]
