"""Addresses of the follow-up."""

from django.urls import path

from jobpakke.web.followup import views

urlpatterns = [
    path("opfoelgning/", views.followup, name="followup"),
    path("opfoelgning/diagram.svg", views.chart, name="followup_chart"),
    path("opfoelgning/hent/", views.download, name="followup_download"),
]
