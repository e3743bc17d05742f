"""A real server on a database of its own, and a real Chromium."""

import gc
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from casework.access.context import system
from config.server import places, scratch
from mediation.rehearsal import stage
from tests.browser import houses
from tests.settled import settle

PASSWORD = "nur-fuer-tests-2026"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
]  # fmt: skip

# What htmx says of a request that was given up; one that failed says sendError or responseError besides.
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")

# In one process; without the second flag it asks for a GPU context again and again, on a busy machine for ever.
WITHOUT_GPU = ["--single-process", "--no-zygote", "--disable-software-rasterizer"]


@pytest.fixture(scope="session")
def played(django_db_setup, django_db_blocker):
    """A database to clone: people with passwords, one finished case."""
    with houses.kept("house", "town"):
        with django_db_blocker.unblock():
            name = houses.built("house", furnish)
        yield name


def furnish():
    """What every browser test finds; static files are collected once for all of them."""
    people_with_passwords()
    stage.player(stage.load(settings.ROOT / "tests" / "scenarios" / "s10.yaml")).play()


def people_with_passwords():
    """All the people of the house, and its static files; no case."""
    call_command("collectstatic", interactive=False, verbosity=0)
    people = settle()
    with transaction.atomic(), system("test"):
        for user in people.values():
            user.set_password(PASSWORD)
            user.save()


@pytest.fixture
def house(played, django_db_blocker):
    """The address of a server on a database of this test's own."""
    with (
        django_db_blocker.unblock(),
        scratch.scratch(houses.own("own"), source=played),
        serving() as address,
    ):
        yield address


@contextmanager
def serving():
    """A real server on the database that this process is pointed at; its address."""
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
    for _try in range(600):  # a loaded machine takes its time
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture(scope="package")
def playwright(played):
    """Playwright for a stretch of browser tests: stopped before the first test of another folder.

    The plugin's own lives as long as the session. Its loop runs in this thread, and Django refuses the
    ORM beside a loop: here alone that is allowed, and nobody else meets it. Beside the loop Django
    keeps connections of their own: none is open when it begins, none when it ends.
    """
    from playwright.sync_api import sync_playwright

    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    driver = sync_playwright().start()
    yield driver
    connections.close_all()
    driver.stop()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    gc.collect()  # what Playwright left open is told here, not in somebody else's test


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: sudo apt-get install chromium"
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="package")
def browser(playwright, browser_type_launch_args):
    """One Chromium for the same stretch: each test has windows of its own, which are closed after it."""
    chromium = playwright.chromium.launch(**browser_type_launch_args)
    yield chromium
    chromium.close()


@pytest.fixture(scope="package")
def browser_context_args():
    """What every window is opened with."""
    return {"locale": "zh-CN"}


@pytest.fixture
def old_chromium(playwright):
    """Chromium 86: the floor. It draws without GPU, in one process."""
    path = places.data() / "chromium86" / "chromium"
    assert path.exists(), "Chromium 86 is missing: make test"
    browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *WITHOUT_GPU])
    assert browser.version.startswith("86.")
    yield browser
    browser.close()


class Desk:
    """One person's browser; every console error is remembered."""

    def __init__(self, new_context, house, *, width=1280, script=True):
        self.house, self.errors = house, []
        size = {"width": width, "height": 900}
        self.page = new_context(viewport=size, java_script_enabled=script).new_page()
        self.page.on("console", self.remember)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def remember(self, message):
        """An error, but for a request that the next key made needless: htmx tells of it as of one."""
        if message.type == "error" and not message.text.startswith(GIVEN_UP):
            self.errors.append(message.text)

    def log_in(self, name):
        self.page.goto(f"{self.house}/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("button.button--main")
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def sit_down(self, session):
        """Go on with a session that was opened elsewhere."""
        cookie = {"name": "sessionid", "value": session, "url": self.house}
        self.page.context.add_cookies([cookie])
        return self

    def open(self, path):
        answer = self.page.goto(self.house + path)
        assert answer is not None
        return answer.status
