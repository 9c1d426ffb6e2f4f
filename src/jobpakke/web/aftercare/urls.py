"""Addresses of aftercare; agreeing on it and ending it stand with the acts on packages."""

from django.urls import path

from jobpakke.web.aftercare import views

urlpatterns = [path("eftervaern/<uuid:ref>/", views.aftercare, name="aftercare")]
