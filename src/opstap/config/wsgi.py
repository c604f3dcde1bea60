"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opstap.config.settings")
application = get_wsgi_application()

from opstap.config.settling import settle  # noqa: E402 - the settings must be named first

settle()
