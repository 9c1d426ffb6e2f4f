"""Addresses of I dag."""

from django.urls import path

from jobpakke.web.today import views

urlpatterns = [path("i-dag/", views.today, name="today")]
