"""Addresses of proposals and of telling."""

from django.urls import path

from jobpakke.web.proposals import views

urlpatterns = [
    path("pakker/<uuid:ref>/forslag/", views.proposals, name="proposals"),
    path("pakker/<uuid:ref>/forslag/ny/", views.propose, name="propose_change"),
    path("pakker/<uuid:ref>/sagt/", views.told, name="record_told"),
    path("forslag/<uuid:ref>/", views.proposal, name="proposal"),
]
