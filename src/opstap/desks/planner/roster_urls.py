"""Addresses of the rosters."""

from django.urls import URLPattern

roster_urls: list[URLPattern] = []
