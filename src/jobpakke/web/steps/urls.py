"""Addresses of acts on plans and steps."""

from django.urls import path

from jobpakke.web.steps import around, correcting, ending, views

urlpatterns = [
    path("trin/<uuid:ref>/start/", views.start, name="start_step"),
    path("trin/<uuid:ref>/opfyld/", views.fulfil, name="fulfil_step"),
    path("trin/<uuid:ref>/afslut/", views.end, name="end_step"),
    path("trin/<uuid:ref>/ret/", correcting.step, name="correct_step"),
    path("trin/<uuid:ref>/dispensation/", views.waive, name="waive_gate"),
    path("delmaal/<uuid:ref>/bevis/", views.evidence, name="record_evidence"),
    path("trin/<uuid:ref>/mentor/", around.mentor, name="assign_mentor"),
    path("pakker/<uuid:ref>/afslut/", ending.conclude, name="conclude_package"),
    path("pakker/<uuid:ref>/ret/", correcting.package_end, name="undo_package_end"),
    path("pakker/<uuid:ref>/eftervaern/", around.aftercare, name="agree_aftercare"),
    path("eftervaern/<uuid:ref>/slut/", around.end_aftercare, name="end_aftercare"),
]
