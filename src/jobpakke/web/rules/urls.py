"""Addresses of the rules."""

from django.urls import path

from jobpakke.web.rules import views

urlpatterns = [
    path("regler/", views.rules, name="rules"),
    path("regler/egen/", views.override, name="override_rule"),
    path("regler/egen/<uuid:ref>/slut/", views.end, name="end_rule"),
]
