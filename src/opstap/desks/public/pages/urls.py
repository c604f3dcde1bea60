"""Addresses of the standing pages."""

from django.urls import path

from opstap.desks.public.pages import views

urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
    path("zo-werkt-het/", views.how, name="how"),
    path("privacyverklaring/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
]
