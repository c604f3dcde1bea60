"""Addresses of the job seeker's desk. `key` is the token of a link, or "code" for who typed the short code in this browser."""

from django.urls import path

from opstap.desks.jobseeker.views import answers, code, file, links, offer, places, printing

app_name = "jobseeker"
urlpatterns = [
    path("", code.home, name="home"),
    path("code/", code.enter, name="code"),
    path("link/", links.fresh, name="fresh_link"),
    path("brieven/", printing.waiting, name="letters"),
    path("brieven/afdrukken/", printing.print_many, name="print_letters"),
    path("brieven/<uuid:proposal_id>/", printing.print_one, name="print_letter"),
    path("v/<str:key>/", offer.show, name="offer"),
    path("v/<str:key>/antwoord/<str:answer>/", answers.answer, name="answer"),
    path("v/<str:key>/plaatsen/", places.fitting, name="places"),
    path("v/<str:key>/plaatsen/<uuid:place_id>/", places.interest, name="interest"),
    path("v/<str:key>/beslissing/", file.decisions, name="decisions"),
    path("v/<str:key>/wie-keek/", file.readers, name="readers"),
]
