"""Addresses of users."""

from django.urls import path

from jobpakke.web.users import views

urlpatterns = [
    path("brugere/", views.users, name="users"),
    path("brugere/ny/", views.add, name="add_user"),
]
