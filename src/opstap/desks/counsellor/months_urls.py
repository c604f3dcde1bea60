"""Addresses of signing months for who follows the people."""

from django.urls import path

from opstap.desks.counsellor.views import months

urlpatterns = [
    path("maand/", months.now, name="months"),
    path("maand/<str:month>/", months.show, name="month"),
    path("maand/<str:month>/tekenen/", months.sign, name="sign_months"),
    path("maand/<uuid:placement_id>/<str:month>/", months.sheet, name="month_sheet"),
    path("maand/<uuid:placement_id>/<str:month>/terug/", months.reopen, name="reopen_month"),
    path("maand/<uuid:placement_id>/<str:month>/verbeteren/<uuid:day_id>/", months.correct, name="correct_day"),
    path("maand/<uuid:placement_id>/<str:month>/dag-bij/", months.add, name="add_day"),
    path("dossiers/<uuid:referral_id>/rekening/", months.account, name="bank_account"),
]
