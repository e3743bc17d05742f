"""The two doors into one database: the app's and the owner's.

`DATABASE_URL` and `DATABASE_OWNER_URL` name an outside server; both unset, the embedded one of
this machine is meant. Nothing is started here.
"""

import os
import re
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from config.server import keys, places, postgres

URL = "DATABASE_URL"
OWNER_URL = "DATABASE_OWNER_URL"


class HalfNamed(Exception):
    """DATABASE_OWNER_URL is set without DATABASE_URL: set both, or neither."""


def is_outside() -> bool:
    """Whether an outside server was named. Raises: HalfNamed."""
    if os.environ.get(OWNER_URL) and not os.environ.get(URL):
        raise HalfNamed(HalfNamed.__doc__)
    return bool(os.environ.get(URL))


def app_url() -> str:
    """The app role's address."""
    if is_outside():
        return os.environ[URL]
    return embedded_url(postgres.APP, keys.text("database-app"))


def owner_url() -> str:
    """The owner role's address; the app's where the owner's is not ours to know (the web)."""
    if is_outside():
        return os.environ.get(OWNER_URL) or os.environ[URL]
    try:
        return embedded_url(postgres.OWNER, keys.secret("owner"))
    except PermissionError:
        return app_url()


def has_owner() -> bool:
    """Whether this process knows the owner's door, and so may migrate."""
    return owner_url() != app_url()


def super_url() -> str:
    """The embedded server's superuser, for making roles and nothing else."""
    return embedded_url(postgres.SUPERUSER, keys.secret("super"), "postgres")


def embedded_url(role: str, password: str, name: str = postgres.DATABASE) -> str:
    """An address on the embedded server's socket."""
    host = quote(str(places.sockets()), safe="")
    return f"postgresql://{role}:{password}@{host}:{postgres.PORT}/{name}"


def with_name(url: str, name: str) -> str:
    """The same door, another database."""
    return urlsplit(url)._replace(path="/" + quote(name, safe="")).geturl()


def settings() -> dict[str, Any]:
    """Django's DATABASES: `default` is the app role, `owner` migrates."""
    owner = {**entry(owner_url()), "TEST": {"MIRROR": "default"}}
    return {"default": entry(app_url()), "owner": owner}


def entry(url: str) -> dict[str, Any]:
    """One of Django's database entries from an address."""
    parts = urlsplit(url)
    # urlsplit's own .hostname would fold the case of a socket's folder
    host = re.sub(r":\d*$", "", parts.netloc.rpartition("@")[2]).strip("[]")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
    }
