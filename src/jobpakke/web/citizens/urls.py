"""Addresses of citizens."""

from django.urls import path

from jobpakke.web.citizens import facts, register, status, views

urlpatterns = [
    path("borgere/", views.citizens, name="citizens"),
    path("borgere/soeg/", views.search, name="citizens_search"),
    path("borgere/hent/", views.download, name="citizens_download"),
    path("borgere/ny/", register.register, name="register_citizen"),
    path("borgere/<uuid:ref>/", views.citizen, name="citizen"),
    path("borgere/<uuid:ref>/om/", views.about, name="about"),
    path("borgere/<uuid:ref>/oensker/ny/", facts.wish, name="record_wish"),
    path("borgere/<uuid:ref>/hensyn/ny/", facts.limit, name="record_limit"),
    path("borgere/<uuid:ref>/kvalifikationer/ny/", facts.qualification, name="record_qualification"),
    path("borgere/<uuid:ref>/maalgruppe/", facts.group, name="set_target_group"),
    path("borgere/<uuid:ref>/beskyttelse/", facts.protection, name="change_protection"),
    path("oensker/<uuid:ref>/slut/", facts.end_wish, name="end_wish"),
    path("hensyn/<uuid:ref>/slut/", facts.end_limit, name="end_limit"),
    path("kvalifikationer/<uuid:ref>/slut/", facts.end_qualification, name="end_qualification"),
    path("borgere/<uuid:ref>/historik/", views.history, name="history"),
    path("borgere/<uuid:ref>/status/", status.record, name="record_status"),
    path("status/<uuid:ref>/ret/", status.correct, name="correct_status"),
    path("status/<uuid:ref>/slut/", status.end, name="end_status"),
]
