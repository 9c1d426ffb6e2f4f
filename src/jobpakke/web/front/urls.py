"""Addresses of the front door."""

from django.urls import path

from jobpakke.web.front import views

urlpatterns = [
    path("", views.front, name="front"),
    path("dato/", views.choose_date, name="choose_date"),
]
