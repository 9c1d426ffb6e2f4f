"""Addresses of the follow-up."""

from django.urls import path

from jobpakke.web.followup import comparing, courses, frozen, known, views

urlpatterns = [
    path("opfoelgning/", views.followup, name="followup"),
    path("opfoelgning/diagram.svg", views.chart, name="followup_chart"),
    path("opfoelgning/hent/", views.download, name="followup_download"),
    path("opfoelgning/kendt/", known.known, name="follow_up_known"),
    path("opfoelgning/frys/", frozen.freeze, name="freeze_follow_up"),
    path("opfoelgning/frosne/", frozen.listing, name="frozen_follow_ups"),
    path("opfoelgning/frosne/<uuid:ref>/", frozen.show, name="frozen_follow_up"),
    path("opfoelgning/frosne/<uuid:ref>/hent/", frozen.download, name="frozen_follow_up_download"),
    path("opfoelgning/sammenlign/", comparing.comparing, name="compare_follow_ups"),
    path("opfoelgning/forloeb/", courses.courses, name="followup_courses"),
    path("opfoelgning/forloeb/diagram.svg", courses.course_chart, name="followup_course_chart"),
    path("opfoelgning/forloeb/hent/", courses.course_download, name="followup_course_download"),
]
