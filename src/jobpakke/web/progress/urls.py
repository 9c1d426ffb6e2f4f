"""Addresses of the progress measure."""

from django.urls import path

from jobpakke.web.progress import answering, questions, views

urlpatterns = [
    path("borgere/<uuid:ref>/fremdrift/", views.progress, name="progress"),
    path("borgere/<uuid:ref>/fremdrift/ny/", answering.measure, name="measure_progress"),
    path("borgere/<uuid:ref>/fremdrift/hent/", views.download, name="progress_download"),
    path("pakker/<uuid:ref>/fremdrift.svg", views.curve, name="progress_curve"),
    path("fremdrift/<uuid:ref>/", views.one, name="measure"),
    path("fremdrift/<uuid:ref>/ret/", answering.correct, name="correct_measure"),
    path("spoergsmaal/", questions.questionnaires, name="questionnaires"),
    path("spoergsmaal/ny/", questions.revise, name="revise_questionnaire"),
]
