"""Settings that every place shares; each place adds its own few (dev, test, production)."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from config.server import database, keys, places

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()

SECRET_KEY = keys.text("django")
DEBUG = False
ALLOWED_HOSTS = env.list("WUFANG_HOSTS", default=["127.0.0.1", "localhost"])

# The project's own apps stand first: viewflow ships 403/404/500 pages and a log-in of its own.
INSTALLED_APPS = [
    "config",
    "mediation",
    "documents",
    "casework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "config.apps.StaticFiles",
    "django.contrib.postgres",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "rest_framework",
    "drf_spectacular",
    "procrastinate.contrib.django",
    "viewflow",
    "viewflow.workflow",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mediation.views.doorway.Doorway",
    "mediation.views.looking.Looking",
    "mediation.engine.middleware.OneTransaction",  # last: it owns the transaction
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "mediation.desks.context.frame",
            ],
        },
    },
]

# "default" is the app role (owns nothing, under row-level security); "owner" migrates.
DATABASES = database.settings()
DATABASE_APP_ROLE = DATABASES["default"]["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "casework.User"
AUTHENTICATION_BACKENDS = ["casework.access.backend.RoleBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = places.data() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mediation.views.errors.csrf_failed"
X_FRAME_OPTIONS = "SAMEORIGIN"  # a paper is shown in its own page's frame
# "no-referrer" would make browsers send "Origin: null", which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["mediation.api.parsers.CleanJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "mediation.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "mediation.api.openapi.OneNameADoor",
    "EXCEPTION_HANDLER": "mediation.api.problems.handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Wufang API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}

# Where papers and uploads lie (encrypted, named by hash), and the keys of the file.
WUFANG_FILES = places.data() / "files"
WUFANG_PROXY = False  # production: the proxy of this machine says who asks
WUFANG_CLAMD = env.str(
    "WUFANG_CLAMD", default=""
)  # the virus scanner: a socket's path or host:port
WUFANG_FIELD_KEYS = {1: keys.load("field")}
WUFANG_INDEX_KEY = keys.load("index")
WUFANG_TRACKING_PEPPER = keys.load("tracking")
WUFANG_PROOF_SEED = keys.load("proof")  # of the key that signs the register of papers
# The folder of the authorities' roots (PEM or DER) that certificate signatures must lead to; empty: none is trusted.
WUFANG_SIGN_ROOTS = Path(
    env.str("WUFANG_SIGN_ROOTS", default=str(places.data() / "sign_roots"))
)
# Address of the time-stamp authority (RFC 3161) for certificate signatures; none: no stamps.
WUFANG_TIME_STAMPS = env.str("WUFANG_TIME_STAMPS", default="")
# The name under which this installation signs what it tells other systems; the first pause
# between two tries, in seconds.
WUFANG_NODE = env.str("WUFANG_NODE", default="wufang")
WUFANG_EXCHANGE_PAUSE = env.float("WUFANG_EXCHANGE_PAUSE", default=60.0)
WUFANG_CITY = env.str("WUFANG_CITY", default="重庆市")  # as papers name it
WUFANG_PROVINCE = env.str("WUFANG_PROVINCE", default="重庆市")
WUFANG_DEMO = env.bool("WUFANG_DEMO", default=False)
# Roles that log in with a second factor (nobody in the demo, whose people have a password only).
WUFANG_SECOND_FACTOR_ROLES = env.list(
    "WUFANG_SECOND_FACTOR_ROLES",
    default=[] if WUFANG_DEMO else ["admin", "rules_admin", "auditor", "supervisor"],
)
# Mail to liaisons; without an address it is printed where the house runs.
vars().update(env.email_url("WUFANG_MAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("WUFANG_MAIL_FROM", default="wufang@localhost")
# Texts to phones: Console (prints them), Gateway, Aliyun or Tencent of casework.notify.
WUFANG_NOTIFIER = env.str("WUFANG_NOTIFIER", default="casework.notify.Console")
WUFANG_SMS_URL = env.str("WUFANG_SMS_URL", default="").rstrip("/")
WUFANG_SMS_KEY_ID = env.str("WUFANG_SMS_KEY_ID", default="")
WUFANG_SMS_KEY = env.str("WUFANG_SMS_KEY", default="")
WUFANG_SMS_SIGN_NAME = env.str("WUFANG_SMS_SIGN_NAME", default="")
WUFANG_SMS_APP_ID = env.str("WUFANG_SMS_APP_ID", default="")
WUFANG_SMS_REGION = env.str("WUFANG_SMS_REGION", default="ap-guangzhou")
WUFANG_SMS_TEMPLATES = env.dict("WUFANG_SMS_TEMPLATES", default={})  # ours=theirs,...
WUFANG_DEMO_FOLDER = places.data() / "demo"
WUFANG_DEMO_STORY = ROOT / "tests" / "scenarios" / "s01.yaml"
LOCK_TIMEOUT_MS = 2000

# What breaks is written to the program's own log, not only shown as a polite page.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.server.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The demo sends no text: its log is the telephone in which the codes are read.
    "loggers": {"wufang.messages": {"level": "INFO"}},
}
