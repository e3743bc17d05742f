"""Browsers behind a door: a worker's and a firm's, opened with both numbers and the one-time code."""

import re
from concurrent.futures import ThreadPoolExecutor

from django.db import connections, transaction
from django.test import Client, override_settings

from casework import clock, tracking
from casework.access.context import acting, system
from casework.models import Case, Employer, Party, User
from tests.pocket import Pocket, arrive

HOST = "127.0.0.1"
FIRM_PHONE = "023-0000 5522"


def inside(question):
    """An answer from the house's database."""
    with transaction.atomic(), system("test"):
        return question()


def away(work):
    """Do this in a thread, out of sight of Playwright's loop: a worker of jobs starts one of its own."""

    def alone():
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as room:
        return room.submit(alone).result()


def case_of(name):
    """The newest case of a worker."""
    return inside(lambda: Case.objects.filter(parties__person__name=name).latest("id"))


def logged_in(name):
    """A person of the house at the own desk."""
    client = Client(SERVER_NAME=HOST, headers={"accept-language": "zh-CN"})
    client.force_login(inside(lambda: User.objects.get(username=name)))
    return client


def cookie_of(name):
    """The session of a person of the house."""
    return logged_in(name).cookies["sessionid"].value


def code_of(name):
    """Both numbers of a worker: sixteen digits, and the last four of the telephone."""
    case = case_of(name)
    with transaction.atomic(), acting(case.pk, None):
        party = Party.objects.get(case=case, person__name=name)
        code = tracking.make_code(case=case, party=party, by=None, at=clock.now())
        return code, party.person.phone[-4:]


def worker(name):
    """A worker's own browser."""
    return _with_code(*code_of(name), "track")


def employer(name, manager="dengchuan"):
    """The browser of the firm in a worker's case; its code comes from the manager's desk."""
    case = case_of(name)
    inside(lambda: Employer.objects.filter(parties__case=case).update(phone=FIRM_PHONE))
    party = inside(lambda: Party.objects.filter(case=case, side="EMPLOYER").first())
    page = logged_in(manager).post(f"/cases/{case.pk}/door/", {"party": str(party.pk)})
    return _with_code(page.context["code"], FIRM_PHONE[-4:], "door")


def _with_code(code, tail, door):
    """Both numbers, then the one-time code out of the pocket."""
    client = Client(SERVER_NAME=HOST, headers={"accept-language": "zh-CN"})
    with override_settings(WUFANG_NOTIFIER="tests.pocket.Pocket"):
        client.post(f"/{door}/", {"code": code, "tail": tail})
        client.post(f"/{door}/confirm/", {"send": "1"})
        arrive()
        otp = re.search(r"\d{6}", Pocket.texts[-1][1])[0]
        client.post(f"/{door}/confirm/", {"otp": otp})
    return client
