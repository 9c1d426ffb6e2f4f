"""Addresses of plans."""

from django.urls import path

from jobpakke.web.plans import agreeing, building, changing, paper, shaping, signed, staircases, ties

urlpatterns = [
    path("borgere/<uuid:ref>/jobpakke/", building.new_package, name="new_package"),
    path("pakker/<uuid:ref>/planer/", changing.versions, name="versions"),
    path("pakker/<uuid:ref>/aendr/", changing.reopen, name="reopen_plan"),
    path("planer/<uuid:ref>/", building.plan, name="plan"),
    path("planer/<uuid:ref>/maal/", building.goal, name="plan_goal"),
    path("planer/<uuid:ref>/trin/", building.add_step, name="add_step"),
    path("planer/<uuid:ref>/faerdig/", staircases.lay, name="lay_staircase"),
    path("planer/<uuid:ref>/behold/", staircases.keep, name="keep_staircase"),
    path("planer/<uuid:ref>/familie/", ties.declare, name="declare_ties"),
    path("planer/<uuid:ref>/papir/", paper.tell, name="tell_paper"),
    path("planer/<uuid:ref>/foreslaa/", agreeing.propose, name="propose_plan"),
    path("planer/<uuid:ref>/traek-tilbage/", agreeing.withdraw, name="withdraw_plan"),
    path("planer/<uuid:ref>/godkend/", agreeing.approve, name="approve_plan"),
    path("planer/<uuid:ref>/underskrevne/", signed.copies, name="signed_copies"),
    path("underskrevet/<uuid:ref>/", signed.open_copy, name="signed_copy"),
    path("underskrevet/<uuid:ref>/traek-tilbage/", signed.withdraw, name="withdraw_signed_copy"),
    path("underskrevet/<uuid:ref>/fjern/", signed.wipe, name="wipe_signed_copy"),
    path("planer/<uuid:ref>/slet/", agreeing.discard, name="discard_draft"),
    path("planer/trin/<uuid:ref>/", building.edit_step, name="edit_step"),
    path("planer/trin/<uuid:ref>/ordn/", building.arrange, name="arrange_step"),
    path("planer/trin/<uuid:ref>/delmaal/", building.add_goal, name="add_sub_goal"),
    path("planer/trin/<uuid:ref>/delmaal/fjern/", building.remove_goal, name="remove_sub_goal"),
    path("planer/trin/<uuid:ref>/accepter/", building.accept, name="accept_warning"),
    path("trin/<uuid:ref>/dage/", changing.days, name="change_days"),
    path("trapper/", staircases.own, name="own_staircases"),
    path("trapper/kopier/", shaping.copy, name="copy_staircase"),
    path("trapper/<uuid:ref>/", shaping.staircase, name="own_staircase"),
    path("trapper/<uuid:ref>/navn/", shaping.name, name="name_staircase"),
    path("trapper/<uuid:ref>/trin/", shaping.add_step, name="add_ready_step"),
    path("trapper/<uuid:ref>/trin/ret/", shaping.edit_step, name="edit_ready_step"),
    path("trapper/<uuid:ref>/trin/ordn/", shaping.arrange, name="arrange_ready_step"),
    path("trapper/<uuid:ref>/laeg-vaek/", staircases.retire, name="retire_staircase"),
]
