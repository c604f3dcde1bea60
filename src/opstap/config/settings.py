"""Settings, read from the environment; `./opstap` fills it. Modes: demo, test, production; without a word it is production."""

from __future__ import annotations

import base64
import json
import os
from datetime import date, time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
MODE = os.environ.get("OPSTAP_MODE", "production")
if MODE not in {"demo", "test", "production"}:
    unknown = f"OPSTAP_MODE is {MODE!r}; choose demo, test or production."
    raise ImproperlyConfigured(unknown)
IS_PRODUCTION = MODE == "production"
DATA = Path(os.environ.get("OPSTAP_DATA", ROOT / "var"))


def _secret(name: str, fallback: str) -> str:
    """Return the secret, or outside production a fallback that is good for demonstration and tests only."""
    value = os.environ.get(name, "")
    if not value and IS_PRODUCTION:
        message = f"{name} is not set; a production installation needs its own. Only OPSTAP_MODE=demo or test go without."
        raise ImproperlyConfigured(message)
    return value or fallback


def _keys(text: str) -> dict[int, bytes]:
    """Return the field keys by id from "2:<base64>,1:<base64>"; a bare key has id 1. The first is the current one."""
    keys: dict[int, bytes] = {}
    for part in filter(None, text.split(",")):
        key_id, _, encoded = part.rpartition(":")
        key = base64.b64decode(encoded)
        if len(key) != 32:  # noqa: PLR2004 - AES-256
            raise ImproperlyConfigured("OPSTAP_FIELD_KEY: each key is 32 bytes in base64, as 'id:key', newest first.")
        keys[int(key_id or 1)] = key
    return keys


def _database(url: str) -> dict[str, object]:
    """Return Django's database settings for a postgresql:// URL; a socket folder goes in the query as ?host=/folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql:// ; PostgreSQL is the only database.")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "opstap",
        "USER": query.pop("user", "") or unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "tcp_user_timeout": 5000,
            "application_name": "opstap",
            "options": "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=60000",
            **query,
        },
        "TEST": {"NAME": os.environ.get("OPSTAP_TEST_DATABASE", "test_opstap")},
    }


SECRET_KEY = _secret("OPSTAP_SECRET_KEY", "only-for-demonstration-and-tests-" + "0" * 32)
FIELD_KEYS = _keys(_secret("OPSTAP_FIELD_KEY", "1:" + base64.b64encode(b"only-for-demonstration-and-tests").decode()))
FIELD_KEY_CURRENT = next(iter(FIELD_KEYS))
FIELD_INDEX_KEY = _secret("OPSTAP_INDEX_KEY", "index:" + base64.b64encode(FIELD_KEYS[min(FIELD_KEYS)]).decode()).encode()

DEBUG = False
FIXED_TODAY = date.fromisoformat(os.environ["OPSTAP_TODAY"]) if os.environ.get("OPSTAP_TODAY") and not IS_PRODUCTION else None
FIXED_TIME: time | None = None  # of a test; never set by an installation
DEMO_LOGINS = MODE == "demo"
REAL_NUMBERS_ALLOWED = IS_PRODUCTION
TEST_NUMBERS_ALLOWED = not IS_PRODUCTION
_LOCAL_HOSTS = "" if IS_PRODUCTION else "localhost,127.0.0.1,[::1],testserver"
ALLOWED_HOSTS = [host for host in os.environ.get("OPSTAP_HOSTS", _LOCAL_HOSTS).split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("OPSTAP_ORIGINS", "").split(",") if origin]
OPSTAP_SITE: dict[str, object] = json.loads(os.environ.get("OPSTAP_SITE", "{}"))
KEPT_DAYS = {
    "technical": int(os.environ.get("OPSTAP_KEEP_TECHNICAL_DAYS", "30")),
    "list": int(os.environ.get("OPSTAP_KEEP_LIST_DAYS", "365")),
}
"""For how many days the nightly jobs leave records of a retention class after they ended."""
PUBLIC_URL = os.environ.get("OPSTAP_PUBLIC_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
    "opstap.foundation.audit",
    "opstap.foundation.access",
    "opstap.foundation.outbox",
    "opstap.foundation.organisations",
    "opstap.foundation.programmes",
    "opstap.journey.people",
    "opstap.journey.referrals",
    "opstap.journey.eligibility",
    "opstap.journey.places",
    "opstap.journey.imports",
    "opstap.journey.matching",
    "opstap.journey.placements",
    "opstap.journey.mentoring",
    "opstap.journey.associations",
    "opstap.journey.rosters",
    "opstap.journey.appointments",
    "opstap.journey.agreements",
    "opstap.journey.plans",
    "opstap.journey.attendance",
    "opstap.journey.evaluations",
    "opstap.journey.followup",
    "opstap.journey.outcomes",
    "opstap.steering.overviews",
    "opstap.steering.reports",
    "opstap.ui",
    "opstap.desks.public",
    "opstap.desks.jobseeker",
    "opstap.desks.counsellor",
    "opstap.desks.host",
    "opstap.desks.coordinator",
    "opstap.desks.planner",
    "opstap.desks.privacy",
    "opstap.config",
]
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith("opstap.") or (ROOT / "src" / app.replace(".", "/")).is_dir()]

MIDDLEWARE = [
    "opstap.config.middleware.DatabaseAway",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opstap.config.middleware.ActorMiddleware",
    "opstap.config.middleware.RefusedMiddleware",
    "opstap.config.middleware.OnceMiddleware",
]

ROOT_URLCONF = "opstap.config.urls"
WSGI_APPLICATION = "opstap.config.wsgi.application"
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # our tags of texts stand in for Django's of the same name, on purpose
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "opstap.config.context.shell",
            ],
            "builtins": ["opstap.ui.templatetags.addresses"],
            "libraries": {"i18n": "opstap.ui.templatetags.texts"},
        },
    },
]
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
"""`i18n` is a name of two libraries on purpose: ours is Django's with a quicker `{% translate %}`."""

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", f"postgresql:///opstap?host={DATA / 'postgres'}&user=opstap"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mijn-dag/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "opstap.config.accounts.AccountAdapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_PRODUCTION else "http"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "media"}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION

EMAIL_BACKEND = "django.core.mail.backends." + ("smtp" if os.environ.get("OPSTAP_SMTP_HOST") else "filebased") + ".EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = os.environ.get("OPSTAP_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("OPSTAP_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("OPSTAP_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("OPSTAP_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587  # noqa: PLR2004 - the submission port
EMAIL_TIMEOUT = 10
SMS_PROVIDER = os.environ.get("OPSTAP_SMS", f"folder:{DATA / 'sms'}")
DEFAULT_FROM_EMAIL = os.environ.get("OPSTAP_MAIL_FROM", "opstap@example.org")

SESSION_ENGINE = "opstap.config.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_AGE = 60 * 60 * 10
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "opstap.ui.errors.csrf_failure"
SECURE_SSL_REDIRECT = IS_PRODUCTION and os.environ.get("OPSTAP_TLS", "proxy") != "off"
_BEHIND_PROXY = IS_PRODUCTION and os.environ.get("OPSTAP_TLS", "proxy") == "proxy"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
TEST_RUNNER = "django.test.runner.DiscoverRunner"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_tokens": {"()": "opstap.config.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"opstap": {"level": "INFO"}, "procrastinate": {"level": "WARNING"}},
}
