"""Addresses of the counsellor's desk."""

from django.urls import path

from opstap.desks.counsellor.views import case_file, caseload, closing, decisions, facts, follow_up, my_day, places, proposals, team

app_name = "counsellor"
urlpatterns = [
    path("", my_day.my_day, name="my_day"),
    path("wachtrij/<slug:name>/", my_day.queue, name="queue"),
    path("dossiers/", caseload.caseload, name="caseload"),
    path("dossiers/export/", caseload.export, name="export"),
    path("dossiers/toewijzen/", team.assign_many, name="assign_many"),
    path("team/", team.team, name="team"),
    path("dossiers/<uuid:referral_id>/", case_file.case_file, name="case_file"),
    path("dossiers/<uuid:referral_id>/tijdlijn/", case_file.timeline, name="timeline"),
    path("dossiers/<uuid:referral_id>/gelezen/", case_file.readers, name="readers"),
    path("dossiers/<uuid:referral_id>/feit/<slug:name>/", facts.record_fact, name="fact"),
    path("dossiers/<uuid:referral_id>/gegevens/", facts.contact_data, name="contact_data"),
    path("dossiers/<uuid:referral_id>/beslissen/", decisions.decide, name="decide"),
    path("dossiers/<uuid:referral_id>/beslissingen/<slug:instrument>/", decisions.history, name="decisions"),
    path("beslissing/<uuid:decision_id>/anders/", decisions.overrule_decision, name="overrule"),
    path("dossiers/<uuid:referral_id>/plaatsen/", places.places, name="places"),
    path("dossiers/<uuid:referral_id>/plaatsen/<uuid:place_id>/", places.propose, name="propose"),
    path("dossiers/<uuid:referral_id>/plaatsen/<uuid:place_id>/vraag/", places.ask_of_rounds, name="directive"),
    path("dossiers/<uuid:referral_id>/vraag/<uuid:directive_id>/stoppen/", places.stop_asking, name="end_directive"),
    path("voorstel/<uuid:proposal_id>/versturen/", proposals.send, name="send"),
    path("voorstel/<uuid:proposal_id>/intrekken/", proposals.take_back, name="take_back"),
    path("voorstel/<uuid:proposal_id>/antwoord/", proposals.answer, name="answer"),
    path("dossiers/<uuid:referral_id>/opzij/", follow_up.put_aside, name="snooze"),
    path("dossiers/<uuid:referral_id>/contact/", follow_up.note_contact, name="contact"),
    path("dossiers/<uuid:referral_id>/toewijzen/", team.assign, name="assign"),
    path("dossiers/<uuid:referral_id>/stoppen/", closing.stop, name="stop"),
]
