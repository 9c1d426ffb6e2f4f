"""Addresses of the follow-up."""

from django.urls import path

from jobpakke.web.followup import courses, views

urlpatterns = [
    path("opfoelgning/", views.followup, name="followup"),
    path("opfoelgning/diagram.svg", views.chart, name="followup_chart"),
    path("opfoelgning/hent/", views.download, name="followup_download"),
    path("opfoelgning/forloeb/", courses.courses, name="followup_courses"),
    path("opfoelgning/forloeb/diagram.svg", courses.course_chart, name="followup_course_chart"),
    path("opfoelgning/forloeb/hent/", courses.course_download, name="followup_course_download"),
]
