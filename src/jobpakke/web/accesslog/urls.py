"""Address of the log of look-ups."""

from django.urls import path

from jobpakke.web.accesslog import views

urlpatterns = [path("opslag/", views.access_log, name="access_log")]
