"""Settings for a developer's machine and the demo: loopback only."""

from config.settings.base import *  # noqa: F403

INTERNAL_IPS = ["127.0.0.1"]
