"""Addresses of cases that change hands."""

from django.urls import path

from jobpakke.web.cases import handing, moving

urlpatterns = [
    path("overdragelse/", handing.hand_over, name="hand_over"),
    path("overdragelser/<uuid:ref>/", handing.received, name="received_case"),
    path("borgere/<uuid:ref>/flyttet/", moving.transfer, name="transfer_case"),
    path("flytninger/<uuid:ref>/", moving.sent, name="sent_case"),
    path("modtagne-sager/", moving.offers, name="offered_cases"),
    path("modtagne-sager/<uuid:ref>/", moving.accept, name="accept_transfer"),
    path("modtagne-sager/<uuid:ref>/send-tilbage/", moving.send_back, name="return_transfer"),
]
