"""Addresses of promises."""

from django.urls import path

from jobpakke.web.promises import views

urlpatterns = [
    path("pakker/<uuid:ref>/tilsagn/ny/", views.make, name="make_commitment"),
    path("tilsagn/<uuid:ref>/", views.settle, name="settle_commitment"),
    path("tilsagn/<uuid:ref>/flyt/", views.move, name="move_commitment"),
    path("planer/<uuid:ref>/tilsagn/", views.lay, name="lay_commitment"),
    path("tilsagn/<uuid:ref>/fjern/", views.remove, name="remove_commitment"),
]
