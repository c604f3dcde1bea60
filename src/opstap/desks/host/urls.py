"""Addresses of the host's desk: logged in, or by a link that opens one proposal or one place."""

from django.urls import path

from opstap.desks.host import evaluation_urls, floor_urls, mentor_urls, visit_urls
from opstap.desks.host.views import link_visits, links, places, proposals, relays, signing

app_name = "host"
urlpatterns = [
    path("", places.home, name="home"),
    path("plaats/<uuid:place_id>/", places.show, name="place"),
    path("plaats/<uuid:place_id>/klopt-nog/", places.confirm, name="confirm"),
    path("plaats/<uuid:place_id>/pauze/", places.pause, name="pause"),
    path("plaats/<uuid:place_id>/hervatten/", places.resume, name="resume"),
    path("voorstel/<uuid:proposal_id>/", proposals.show, name="proposal"),
    path("voorstel/<uuid:proposal_id>/antwoord/<str:answer>/", proposals.answer, name="answer"),
    path("tekenen/", signing.to_sign, name="to_sign"),
    path("tekenen/<uuid:signature_id>/", signing.sign, name="sign"),
    path("tekenen/<uuid:signature_id>/weigeren/", signing.refuse, name="sign_refuse"),
    path("tekenen/<uuid:signature_id>/pdf/", signing.pdf, name="sign_pdf"),
    path("teken/v/<str:token>/", signing.by_link, name="sign_link"),
    path("teken/v/<str:token>/weigeren/", signing.refuse_by_link, name="sign_link_refuse"),
    path("teken/v/<str:token>/pdf/", signing.pdf_by_link, name="sign_link_pdf"),
    path("overdracht/teruggestuurd/", relays.sent_back, name="relay_sent_back"),
    path("overdracht/v/<str:token>/", relays.by_link, name="relay_link"),
    path("overdracht/v/<str:token>/pdf/", relays.pdf_by_link, name="relay_link_pdf"),
    *floor_urls.urlpatterns,
    *visit_urls.urlpatterns,
    *evaluation_urls.urlpatterns,
    *mentor_urls.urlpatterns,
    path("link/", links.fresh, name="fresh_link"),
    path("v/<str:token>/", links.show, name="link"),
    path("v/<str:token>/antwoord/<str:answer>/", links.answer, name="link_answer"),
    path("v/<str:token>/klopt-nog/", links.confirm, name="link_confirm"),
    path("v/<str:token>/pauze/", links.pause, name="link_pause"),
    path("v/<str:token>/bezoek/", link_visits.show, name="link_visits"),
    path("v/<str:token>/bezoek/<uuid:slot_id>/sluiten/", link_visits.close_moment, name="link_close_slot"),
]
