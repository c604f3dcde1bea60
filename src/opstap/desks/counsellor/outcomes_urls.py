"""Addresses of the end of work: ending it, handing over, what became of people, coming back."""

from django.urls import path

from opstap.desks.counsellor.views import ending, outcomes, relays, sheet

urlpatterns = [
    path("plaatsing/<uuid:placement_id>/afzeggen/", ending.call_off_work, name="call_off_placement"),
    path("plaatsing/<uuid:placement_id>/afgelopen/", ending.end_as_agreed, name="end_as_agreed"),
    path("plaatsing/<uuid:placement_id>/beeindigen/", ending.end, name="end_placement"),
    path("dossiers/<uuid:referral_id>/terug/", ending.take_back, name="return_to_caseload"),
    path("dossiers/<uuid:referral_id>/overtypen/", sheet.show, name="sheet"),
    path("dossiers/<uuid:referral_id>/overtypen/<slug:line>/", sheet.copied, name="sheet_copied"),
    path("einde/<uuid:ending_id>/overdracht/", relays.make, name="relay_make"),
    path("overdracht/<uuid:relay_id>/", relays.show, name="relay"),
    path("overdracht/<uuid:relay_id>/versturen/", relays.offer, name="relay_offer"),
    path("overdracht/<uuid:relay_id>/intrekken/", relays.withdraw, name="relay_withdraw"),
    path("overdracht/<uuid:relay_id>/antwoord/", relays.answer, name="relay_answer"),
    path("overdracht/<uuid:relay_id>/pdf/", relays.pdf, name="relay_pdf"),
    path("uitkomsten/", outcomes.work_list, name="outcomes"),
    path("uitkomsten/<uuid:ending_id>/<slug:moment>/", outcomes.tell, name="outcome_tell"),
]
