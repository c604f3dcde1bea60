"""Addresses of the floor: today, the week, and signing months."""

from django.urls import path

from opstap.desks.host.views import closures, floor, learner, months, queues, rotation

urlpatterns = [
    path("vandaag/", floor.show, name="floor"),
    path("vandaag/week/", floor.week, name="week"),
    path("vandaag/week/<str:on>/", floor.save_week, name="save_week"),
    path("vandaag/iedereen/<str:on>/", floor.everyone, name="everyone"),
    path("vandaag/<uuid:placement_id>/<str:on>/", floor.row, name="floor_row"),
    path("vandaag/<uuid:placement_id>/<str:on>/noteren/", floor.note, name="note"),
    path("wacht/", queues.show, name="queues"),
    path("rotatie/", rotation.show, name="rotation"),
    path("rotatie/iedereen/<str:on>/", rotation.everyone, name="rotation_everyone"),
    path("rotatie/<uuid:contract_id>/<str:on>/noteren/", rotation.note, name="rotation_note"),
    path("rotatie/<uuid:contract_id>/dag/<str:on>/", rotation.row, name="rotation_row"),
    path("rotatie/<uuid:site_id>/week/", rotation.wall, name="wall"),
    path("sluitingen/", closures.show, name="closures"),
    path("sluitingen/<uuid:closure_id>/einde/", closures.end, name="end_closure"),
    path("leren/<uuid:placement_id>/", learner.show, name="learner"),
    path("uren/", months.now, name="months"),
    path("uren/<str:month>/", months.show, name="month"),
    path("uren/<str:month>/tekenen/", months.sign, name="sign_months"),
    path("uren/<uuid:placement_id>/<str:month>/", months.sheet, name="month_sheet"),
    path("uren/<uuid:placement_id>/<str:month>/terug/", months.reopen, name="reopen_month"),
    path("uren/<uuid:placement_id>/<str:month>/verbeteren/<uuid:day_id>/", months.correct, name="correct_day"),
    path("uren/<uuid:placement_id>/<str:month>/dag-bij/", months.add, name="add_day"),
]
