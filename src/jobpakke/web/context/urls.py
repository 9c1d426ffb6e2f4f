"""Addresses of the results in context."""

from django.urls import path

from jobpakke.web.context import views

urlpatterns = [
    path("opfoelgning/sammenhaeng/", views.in_context, name="followup_context"),
    path("opfoelgning/sammenhaeng/diagram.svg", views.chart, name="followup_context_chart"),
    path("opfoelgning/sammenhaeng/hent/", views.download, name="followup_context_download"),
]
