"""The application for a WSGI server; ``jobpakke serve`` starts granian on it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobpakke.settings")
application = get_wsgi_application()
