"""Addresses of the way in."""

from django.urls import path

from opstap.desks.public.accounts import views

urlpatterns = [
    path("mijn-dag/", views.my_day, name="my_day"),
    path("demo-login/", views.demo_logins, name="demo_logins"),
    path("demo-login/<str:role>/", views.demo_login, name="demo_login"),
    path("demo-login/<str:role>/<int:number>/", views.demo_login, name="demo_login_of"),
    path("gezond/", views.health, name="health"),
]
