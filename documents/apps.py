"""The paper: frozen facts become a numbered, hashed, verifiable document."""

from django.apps import AppConfig


class Documents(AppConfig):
    """Facts, templates, rendering, numbers, issue and verification."""

    name = "documents"
