"""Addresses of the coordinator's desk."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

PARTS = {"lijsten/": "opstap.desks.coordinator.imports", "regels/": "opstap.desks.coordinator.rules"}
"""Address prefix of each part of the desk."""

app_name = "coordinator"
urlpatterns: list[URLPattern | URLResolver] = [path(prefix, include(f"{part}.urls")) for prefix, part in PARTS.items() if find_spec(part)]
