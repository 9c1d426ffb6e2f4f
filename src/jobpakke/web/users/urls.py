"""Addresses of users."""

from django.urls import path

from jobpakke.web.users import views

urlpatterns = [
    path("brugere/", views.users, name="users"),
    path("brugere/ny/", views.add, name="add_user"),
    path("brugere/<uuid:ref>/", views.user, name="user"),
    path("brugere/<uuid:ref>/giv-rolle/", views.give, name="give_role"),
    path("brugere/<uuid:ref>/afslut-rolle/", views.end, name="end_role"),
    path("brugere/<uuid:ref>/team/", views.team, name="put_in_team"),
    path("brugere/<uuid:ref>/adgangskode/", views.password, name="replace_password"),
]
