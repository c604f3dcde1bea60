"""Addresses of the planner's desk: what the association is, and the rosters made from it."""

from opstap.desks.planner.association_urls import association_urls
from opstap.desks.planner.roster_urls import roster_urls

app_name = "planner"
urlpatterns = [*association_urls, *roster_urls]
