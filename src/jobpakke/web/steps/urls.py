"""Addresses of acts on plans and steps."""

from django.urls import path

from jobpakke.web.steps import around, correcting, ending, job, mentors, undoing, views

urlpatterns = [
    path("trin/<uuid:ref>/start/", views.start, name="start_step"),
    path("trin/<uuid:ref>/opfyld/", views.fulfil, name="fulfil_step"),
    path("trin/<uuid:ref>/afslut/", views.end, name="end_step"),
    path("trin/<uuid:ref>/ret/", correcting.step, name="correct_step"),
    path("trin/<uuid:ref>/dispensation/", views.waive, name="waive_gate"),
    path("dispensationer/<uuid:ref>/ret/", undoing.waiver, name="undo_waiver"),
    path("delmaal/<uuid:ref>/bevis/", views.evidence, name="record_evidence"),
    path("trin/<uuid:ref>/mentorer/", mentors.mentors, name="step_mentors"),
    path("trin/<uuid:ref>/mentor/", mentors.assign, name="assign_mentor"),
    path("mentorer/<uuid:ref>/tavshedspligt/", mentors.confirm, name="confirm_mentor"),
    path("mentorer/<uuid:ref>/tavshedspligt/ret/", undoing.confirmation, name="undo_confirmation"),
    path("mentorer/<uuid:ref>/afloes/", mentors.replace, name="replace_mentor"),
    path("mentorer/<uuid:ref>/slut/", mentors.end, name="end_mentor"),
    path("mentorer/<uuid:ref>/fjern/", mentors.remove, name="remove_mentor"),
    path("pakker/<uuid:ref>/afslut/", ending.conclude, name="conclude_package"),
    path("pakker/<uuid:ref>/ret/", correcting.package_end, name="undo_package_end"),
    path("job/<uuid:ref>/ret/", job.correct, name="correct_job"),
    path("pakker/<uuid:ref>/eftervaern/", around.aftercare, name="agree_aftercare"),
    path("eftervaern/<uuid:ref>/forlaeng/", around.extend_aftercare, name="extend_aftercare"),
    path("eftervaern/<uuid:ref>/slut/", around.end_aftercare, name="end_aftercare"),
    path("eftervaern/<uuid:ref>/slut/ret/", undoing.aftercare_end, name="undo_aftercare_end"),
    path("tilsagn/<uuid:ref>/ret/", undoing.settlement, name="undo_settlement"),
    path("godkendelser/<uuid:ref>/ret/", undoing.approval, name="undo_approval"),
]
