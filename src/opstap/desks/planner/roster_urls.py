"""Addresses of the rosters."""

from django.urls import URLPattern, path

from opstap.desks.planner.rosters import away, grid, lists, months, paper, suppositions, telling, wall

roster_urls: list[URLPattern] = [
    path("roosters/", lists.rosters, name="rosters"),
    path("roosters/nieuw/", lists.ask, name="ask_roster"),
    path("roosters/afwezig/", away.report, name="away"),
    path("roosters/uren/", months.show, name="month"),
    path("roosters/uren/sluiten/", months.close, name="month_close"),
    path("roosters/uren/verbetering/<uuid:month_id>/ja/", months.approve, name="correction_approve"),
    path("roosters/uren/verbetering/<uuid:month_id>/terug/", months.withdraw, name="correction_withdraw"),
    path("roosters/uren/bestand/", months.export, name="month_export"),
    path("roosters/wand/", wall.first, name="walls"),
    path("roosters/wand/<uuid:site_id>/", wall.show, name="wall"),
    path("roosters/papier/", paper.waiting, name="paper"),
    path("roosters/bladen/", paper.sheets, name="sheets"),
    path("roosters/papier/<uuid:contract_id>/", paper.given, name="paper_given"),
    path("roosters/wat-als/", suppositions.lines, name="suppositions"),
    path("roosters/wat-als/nieuw/<str:kind>/", suppositions.ask, name="suppose"),
    path("roosters/wat-als/<uuid:roster_id>/", suppositions.show, name="supposition"),
    path("roosters/wat-als/<uuid:roster_id>/weg/", suppositions.drop, name="supposition_drop"),
    path("roosters/wat-als/<uuid:roster_id>/echt/", suppositions.real, name="supposition_real"),
    path("roosters/<uuid:roster_id>/", grid.show, name="roster"),
    path("roosters/<uuid:roster_id>/voortgang/", lists.progress, name="roster_progress"),
    path("roosters/<uuid:roster_id>/opnieuw/", lists.again, name="roster_again"),
    path("roosters/<uuid:roster_id>/ernaast/", lists.copy, name="roster_copy"),
    path("roosters/<uuid:roster_id>/vraag/<str:work>/", grid.need, name="roster_need"),
    path("roosters/<uuid:roster_id>/geven/", grid.give, name="roster_give"),
    path("roosters/<uuid:roster_id>/vast/", grid.pin, name="roster_pin"),
    path("roosters/<uuid:roster_id>/ongedaan/", grid.undo, name="roster_undo"),
    path("roosters/<uuid:roster_id>/bekendmaken/", telling.publish, name="roster_publish"),
    path("roosters/<uuid:roster_id>/naast/", telling.compare, name="roster_compare"),
    path("roosters/<uuid:roster_id>/waarde/", telling.score, name="roster_score"),
    path("roosters/<uuid:roster_id>/open/", away.lost, name="lost"),
    path("roosters/dienst/<uuid:shift_id>/", grid.shift, name="shift"),
    path("roosters/dienst/<uuid:shift_id>/oordeel/", grid.verdict, name="shift_verdict"),
    path("roosters/dienst/<uuid:shift_id>/verplaatsen/", grid.move, name="shift_move"),
    path("roosters/dienst/<uuid:shift_id>/weg/", grid.remove, name="shift_remove"),
]
