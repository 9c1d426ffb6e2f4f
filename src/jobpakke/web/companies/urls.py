"""Addresses of companies."""

from django.urls import path

from jobpakke.web.companies import facts, views

urlpatterns = [
    path("virksomheder/", views.companies, name="companies"),
    path("virksomheder/ny/", views.register, name="register_company"),
    path("virksomheder/<uuid:ref>/", views.company, name="company"),
    path("virksomheder/<uuid:ref>/arbejdspladser/ny/", facts.workplace, name="add_workplace"),
    path("arbejdspladser/<uuid:ref>/ret/", facts.change, name="change_workplace"),
    path("arbejdspladser/<uuid:ref>/luk/", facts.close, name="close_workplace"),
    path("arbejdspladser/<uuid:ref>/genaabn/", facts.reopen, name="reopen_workplace"),
    path("arbejdspladser/<uuid:ref>/funktioner/ny/", facts.function, name="add_function"),
    path("arbejdspladser/<uuid:ref>/mentorer/ny/", facts.mentor, name="name_mentor"),
    path("funktioner/<uuid:ref>/behov/ny/", facts.need, name="record_need"),
]
