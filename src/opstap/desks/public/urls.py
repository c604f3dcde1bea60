"""Addresses of the public desk."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("opstap.desks.public.accounts.urls")),
    path("", include("opstap.desks.public.directory.urls")),
    path("", include("opstap.desks.public.pages.urls")),
]
