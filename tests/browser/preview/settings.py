"""The screens alone: the project's settings without a database, a log-in or the engine.

A page that asks the database fails here, so this also proves that the templates ask nothing.
"""

from config.settings.base import *  # noqa: F403
from config.settings.base import ROOT, TEMPLATES

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.browser.preview.urls"
DATABASES: dict[str, dict[str, object]] = {}
INSTALLED_APPS = [
    "tests.browser.preview.app.Screens",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
TEMPLATES[0]["DIRS"] = [ROOT / "tests" / "browser" / "preview" / "templates"]
TEMPLATES[0]["OPTIONS"]["context_processors"] = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
]
LOCALE_PATHS = [ROOT / "var" / "preview-locale", ROOT / "config" / "locale"]
