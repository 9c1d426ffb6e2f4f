"""Every address of the application."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("jobpakke.web.front.urls")),
    path("", include("jobpakke.web.today.urls")),
    path("", include("jobpakke.web.citizens.urls")),
    path("", include("jobpakke.web.journal.urls")),
    path("", include("jobpakke.web.aftercare.urls")),
    path("", include("jobpakke.web.cases.urls")),
    path("", include("jobpakke.web.steps.urls")),
    path("", include("jobpakke.web.plans.urls")),
    path("", include("jobpakke.web.print.urls")),
    path("", include("jobpakke.web.proposals.urls")),
    path("", include("jobpakke.web.promises.urls")),
    path("", include("jobpakke.web.companies.urls")),
    path("", include("jobpakke.web.followup.urls")),
    path("", include("jobpakke.web.context.urls")),
    path("", include("jobpakke.web.network.urls")),
    path("", include("jobpakke.web.note.urls")),
    path("", include("jobpakke.web.accesslog.urls")),
    path("", include("jobpakke.web.users.urls")),
    path("", include("jobpakke.web.rules.urls")),
    path("", include("jobpakke.web.progress.urls")),
    path("", include("jobpakke.web.stories.urls")),
    path("", include("jobpakke.web.cards.urls")),
    path("konto/log-ind/", account.login, name="account_login"),
    path("konto/log-ud/", account.logout, name="account_logout"),
    path("sprog/", login_not_required(set_language), name="language"),
]

handler400 = "jobpakke.web.errors.bad_request"
handler403 = "jobpakke.web.errors.permission_denied"
handler404 = "jobpakke.web.errors.page_not_found"
handler500 = "jobpakke.web.errors.server_error"
