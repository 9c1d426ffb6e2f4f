"""Addresses of the journal."""

from django.urls import path

from jobpakke.web.journal import views

urlpatterns = [
    path("borgere/<uuid:ref>/journal/", views.journal, name="journal"),
    path("borgere/<uuid:ref>/journal/soeg/", views.search, name="search_journal"),
    path("borgere/<uuid:ref>/journal/nyt/", views.write, name="write_note"),
    path("journal/<uuid:ref>/", views.note, name="note"),
    path("journal/<uuid:ref>/ret/", views.correct, name="correct_note"),
]
