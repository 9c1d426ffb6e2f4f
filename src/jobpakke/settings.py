"""Django settings, read from environment variables with safe defaults (docs/reference/settings.md lists them).

Without any variable the program is a demonstration on this machine only: it listens on loopback names, keeps an SQLite
file in the user's data folder and uses secrets that everybody can read here. In production mode it refuses to start
with any of them.
"""

import os
from pathlib import Path
from urllib.parse import quote

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from platformdirs import user_data_path

PACKAGE = Path(__file__).resolve().parent

DEMONSTRATION_SECRET = "demonstration-only-" * 4
"""The value of both secrets in a demonstration. Public, and so worthless."""

MODES = ("demo", "production")

VARIABLES = {
    "JOBPAKKE_MODE": ("demo", "`demo` or `production`. Production demands secrets of its own and HTTPS."),
    "JOBPAKKE_SECRET_KEY": (
        "a public demonstration secret",
        "Signs sessions and forms. At least 50 characters in production.",
    ),
    "JOBPAKKE_CPR_KEY": (
        "a public demonstration secret",
        "Encrypts CPR numbers and signed papers, hashes the numbers. Another one of at least 50 characters; keep it.",
    ),
    "JOBPAKKE_ALLOWED_HOSTS": (
        "127.0.0.1,localhost,[::1]",
        "Host names the application answers to, with commas between.",
    ),
    "JOBPAKKE_DATA_DIR": ("the user's data folder", "Where the SQLite file lies."),
    "JOBPAKKE_DATABASE_URL": (
        "an SQLite file in the data folder",
        "The database: `postgres://user:password@host/name` or `sqlite:///path`.",
    ),
}
"""Every environment variable: what holds without it, and what it is for."""


def _read(name: str) -> str | None:
    if name not in VARIABLES:
        raise KeyError(f"{name} is not among VARIABLES")
    return os.environ.get(name) or None


MODE = _read("JOBPAKKE_MODE") or "demo"
if MODE not in MODES:
    raise ImproperlyConfigured(f"JOBPAKKE_MODE is {MODE!r}; it must be one of: {', '.join(MODES)}.")
PRODUCTION = MODE == "production"


def _secret(name: str) -> str:
    value = _read(name) or DEMONSTRATION_SECRET
    if PRODUCTION and (value == DEMONSTRATION_SECRET or len(value) < 50):
        raise ImproperlyConfigured(
            f"{name} is missing, too short or the public demonstration secret. In production it must be a secret of"
            " your own of at least 50 characters; make one with:"
            " python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return value


SECRET_KEY = _secret("JOBPAKKE_SECRET_KEY")
CPR_KEY = _secret("JOBPAKKE_CPR_KEY")
if PRODUCTION and SECRET_KEY == CPR_KEY:
    raise ImproperlyConfigured(
        "JOBPAKKE_SECRET_KEY and JOBPAKKE_CPR_KEY are the same; each must be a secret of its own."
    )
DEBUG = False
_HOSTS = _read("JOBPAKKE_ALLOWED_HOSTS") or ("" if PRODUCTION else VARIABLES["JOBPAKKE_ALLOWED_HOSTS"][0])
ALLOWED_HOSTS = [host.strip() for host in _HOSTS.split(",") if host.strip()]
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("JOBPAKKE_ALLOWED_HOSTS is empty; name the hosts to answer to, as in: job.kommune.dk")

DATA_DIR = Path(_read("JOBPAKKE_DATA_DIR") or user_data_path("jobpakke"))
DATABASE_URL = _read("JOBPAKKE_DATABASE_URL") or f"sqlite:///{quote(str(DATA_DIR / 'jobpakke.sqlite3'))}"
try:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
except ValueError as error:  # its text may hold the password of the address
    raise ImproperlyConfigured(
        "JOBPAKKE_DATABASE_URL is not the address of a database; write postgres://user:password@host/name"
        " or sqlite:///path."
    ) from error
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "jobpakke.history.apps.HistoryConfig",
    "jobpakke.access",
    "jobpakke.citizens",
    "jobpakke.companies",
    "jobpakke.packages",
    "jobpakke.followup",
    "jobpakke.network",
    "jobpakke.web",
    "jobpakke.web.dkfds",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jobpakke.web.language.danish_first",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jobpakke.web.uploads.sized",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jobpakke.web.gate.GateMiddleware",
]

ROOT_URLCONF = "jobpakke.web.urls"
WSGI_APPLICATION = "jobpakke.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jobpakke.web.shell.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["jobpakke.access.backend.RoleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
ACCOUNT_FORMS = {"login": "jobpakke.web.accounts.SignInForm"}
ACCOUNT_ADAPTER = "jobpakke.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["jobpakke.web.formats"]

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
"""A file that somebody sends is never laid on the disk in clear."""
CSRF_FAILURE_VIEW = "jobpakke.web.errors.csrf_failure"

if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_codes": {"()": "jobpakke.lib.logs.WithoutCodes"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_codes"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # A refusal is an answer, not a fault; its address would only fill the log.
        "django.request": {"level": "ERROR"},
        "pypdf": {"level": "CRITICAL"},  # it quotes from the files it reads
    },
}
