"""Settings for a real installation: TLS in front, an outside database, nothing guessed."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env

DEBUG = False
ALLOWED_HOSTS = env.list("WUFANG_HOSTS")  # no default: name the host people type
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# The proxy in front ends TLS and sets this header itself, whatever the visitor sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
WUFANG_PROXY = True  # and X-Forwarded-For likewise: else everybody would share one address, and its failures
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # our own pages frame a paper; others may not
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# Static files carry a hash in their names, so browsers may keep them for ever.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
