"""A real server on a database of its own, and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from casework.access.context import system
from config.server import places
from mediation.rehearsal import stage
from tests.process.conftest import settle

PASSWORD = "nur-fuer-tests-2026"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
def house(own_database, tmp_path):
    """Its address: people with passwords, one finished case, static files collected."""
    people = settle()
    with transaction.atomic(), system("test"):
        for user in people.values():
            user.set_password(PASSWORD)
            user.save()
    stage.player(stage.load(settings.ROOT / "tests" / "scenarios" / "s10.yaml")).play()
    call_command("collectstatic", interactive=False, verbosity=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application",
        "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "2",
    ]  # fmt: skip
    server = subprocess.Popen(
        command,
        cwd=settings.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
    )
    _wait(port)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


def _wait(port):
    for _try in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture
def chromium():
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: sudo apt-get install chromium"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        connections.close_all()  # inside the loop Django keeps connections of their own
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def old_chromium():
    """Chromium 86: the floor. It draws without GPU, in one process."""
    from playwright.sync_api import sync_playwright

    path = places.data() / "chromium86" / "chromium"
    assert path.exists(), "Chromium 86 is missing: make test"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path, args=[*FLAGS, "--single-process", "--no-zygote"]
        )
        assert browser.version.startswith("86.")
        yield browser
        connections.close_all()  # inside the loop Django keeps connections of their own
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


class Desk:
    """One person's browser; every console error is remembered."""

    def __init__(self, browser, house, *, width=1280, script=True):
        self.house, self.errors = house, []
        self.page = browser.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=script
        ).new_page()
        self.page.on(
            "console",
            lambda message: (
                self.errors.append(message.text) if message.type == "error" else None
            ),
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def log_in(self, name):
        self.page.goto(f"{self.house}/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("button.button--main")
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def open(self, path):
        answer = self.page.goto(self.house + path)
        assert answer is not None
        return answer.status
