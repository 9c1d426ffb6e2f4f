"""Addresses of the network."""

from django.urls import path

from jobpakke.web.network import acts, views

urlpatterns = [
    path("netvaerk/", views.network, name="network"),
    path("netvaerk/vaekst.svg", views.chart, name="network_chart"),
    path("netvaerk/hent/", views.download, name="network_download"),
    path("netvaerk/ny-ambassadoer/", acts.join, name="join_network"),
    path("netvaerk/ambassadoer/<uuid:ref>/", views.ambassador, name="ambassador"),
    path("netvaerk/ambassadoer/<uuid:ref>/stopper/", acts.leave, name="leave_network"),
    path("netvaerk/nyt-hold/", acts.new_run, name="open_run"),
    path("netvaerk/hold/<uuid:ref>/", views.run, name="course_run"),
    path("netvaerk/hold/<uuid:ref>/tilmeld/", acts.enrol, name="take_seat"),
    path("netvaerk/hold/<uuid:ref>/afmeld/", acts.withdraw, name="give_up_seat"),
    path("netvaerk/hold/<uuid:ref>/aflys/", acts.call_off, name="call_off_run"),
    path("netvaerk/nyhedsbrev/", acts.newsletter, name="record_newsletter"),
]
