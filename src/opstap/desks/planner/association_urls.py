"""Addresses of what an association is: overview, workers, functions, demand, lists."""

from django.urls import URLPattern, path

from opstap.desks.planner.views import overview

association_urls: list[URLPattern] = [
    path("", overview.home, name="home"),
]
