"""Addresses of what is printed."""

from django.urls import path

from jobpakke.web.print import views

urlpatterns = [
    path("planer/<uuid:ref>/udskrift.pdf", views.plan, name="print_plan"),
]
