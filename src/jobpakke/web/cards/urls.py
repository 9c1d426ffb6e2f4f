"""Addresses of competence cards; those under ``virksomhed`` open to whoever holds a card's link."""

from django.urls import path

from jobpakke.web.cards import answering, views

urlpatterns = [
    path("borgere/<uuid:ref>/kort/", views.cards, name="citizen_cards"),
    path("trin/<uuid:ref>/kort/nyt/", views.ask, name="ask_card"),
    path("kort/<uuid:ref>/", views.card, name="card"),
    path("kort/<uuid:ref>/nyt-link/", views.renew, name="renew_card_link"),
    path("kort/<uuid:ref>/tilbage/", views.revoke, name="revoke_card"),
    path("kort/<uuid:ref>/taeller-ikke/", views.set_aside, name="set_card_aside"),
    path("kort/<uuid:ref>/tag-ind/", views.take_in, name="take_in_card"),
    path("virksomhed/kort/<uuid:ref>/<str:code>/", answering.begin, name="card_link"),
    path("virksomhed/kort/<uuid:ref>/<str:code>/<int:number>/", answering.question, name="card_question"),
    path("virksomhed/kort/<uuid:ref>/<str:code>/send/", answering.hand_in, name="hand_in_card"),
]
