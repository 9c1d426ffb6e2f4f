"""Addresses of case stories."""

from django.urls import path

from jobpakke.web.stories import views

urlpatterns = [
    path("pakker/<uuid:ref>/fortaelling/", views.story, name="story"),
    path("pakker/<uuid:ref>/fortaelling/skriv/", views.write, name="write_story"),
    path("fortaellinger/<uuid:ref>/spoerg/", views.ask, name="ask_about_story"),
    path("fortaellinger/<uuid:ref>/samtykke/", views.consent, name="consent_to_story"),
    path("fortaellinger/<uuid:ref>/samtykke/tilbage/", views.withdraw, name="withdraw_story_consent"),
]
