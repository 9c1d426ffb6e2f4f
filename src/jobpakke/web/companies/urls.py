"""Addresses of companies."""

from django.urls import path

from jobpakke.web.companies import views

urlpatterns = [
    path("virksomheder/", views.companies, name="companies"),
    path("virksomheder/ny/", views.register, name="register_company"),
    path("virksomheder/<uuid:ref>/", views.company, name="company"),
]
