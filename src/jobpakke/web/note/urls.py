"""Addresses of the note."""

from django.urls import path

from jobpakke.web.note import views

urlpatterns = [
    path("opfoelgning/notat/", views.note_page, name="followup_note"),
]
