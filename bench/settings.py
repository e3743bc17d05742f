"""Settings of bench/web.py: those of the tests, with the static files as a real installation serves them."""

import os

os.environ.setdefault("WUFANG_HOSTS", "127.0.0.1")

from config.server import places
from config.settings import production
from config.settings.test import *  # noqa: F403

STORAGES = production.STORAGES
STATIC_ROOT = places.data() / "static-bench"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
