"""Addresses of months: signing, what does not match, payment lists."""

from django.urls import path

from opstap.desks.coordinator.months.views import closures, months, payments

app_name = "months"
urlpatterns = [
    path("", months.now, name="months"),
    path("sluitingen/", closures.show, name="closures"),
    path("sluitingen/<uuid:closure_id>/einde/", closures.end, name="end_closure"),
    path("betalingen/", payments.now, name="payments_now"),
    path("betalingen/<str:month>/", payments.show, name="payments"),
    path("betalingen/<str:month>/maken/", payments.make, name="make_run"),
    path("betalingen/<str:month>/rekening/", payments.account, name="account"),
    path("lijst/<uuid:run_id>/", payments.run, name="run"),
    path("lijst/<uuid:run_id>/goedkeuren/", payments.approve, name="approve_run"),
    path("lijst/<uuid:run_id>/weggooien/", payments.discard, name="discard_run"),
    path("lijst/<uuid:run_id>/bestand/<str:kind>/", payments.export, name="export_run"),
    path("<str:month>/", months.show, name="month"),
    path("<str:month>/klopt-niet/", months.differences, name="mismatches"),
    path("<str:month>/tekenen/", months.sign, name="sign_months"),
    path("<uuid:placement_id>/<str:month>/", months.sheet, name="month_sheet"),
    path("<uuid:placement_id>/<str:month>/terug/", months.reopen, name="reopen_month"),
    path("<uuid:placement_id>/<str:month>/verbeteren/<uuid:day_id>/", months.correct, name="correct_day"),
    path("<uuid:placement_id>/<str:month>/dag-bij/", months.add, name="add_day"),
]
