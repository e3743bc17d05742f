"""Through the doors of the parties: both numbers and the one-time code, as a browser does it."""

import re

from django.db import transaction
from django.test import Client

from casework import tracking
from casework.access.context import acting
from casework.models import Party, Person
from tests.pocket import Pocket, arrive


def enter(case_id: int, ref: str, *, phone: str) -> Client:
    """A browser that has opened the worker's portal (W..) or the employer's door (R..) with this telephone.

    Needs the settings WUFANG_NOTIFIER = "tests.pocket.Pocket".
    """
    gate = "/track/" if ref.startswith("W") else "/door/"
    with transaction.atomic(), acting(case_id, None):
        party = Party.objects.select_related("case", "person", "employer").get(
            case_id=case_id, ref=ref
        )
        _telephone(party, phone)
        code = tracking.make_code(
            case=party.case, party=party, by=None, at=party.case.opened_at
        )
    client = Client(headers={"accept-language": "zh-hans"})
    assert client.post(gate, {"code": code, "tail": phone[-4:]}).status_code == 302
    client.post(f"{gate}confirm/", {"send": "1"})
    arrive()
    otp = re.search(r"\d{6}", Pocket.texts[-1][1])
    assert otp
    assert client.post(f"{gate}confirm/", {"otp": otp[0]}).status_code == 302
    return client


def _telephone(party: Party, phone: str) -> None:
    if party.employer:
        party.employer.phone = phone
        party.employer.save(update_fields=["phone"])
        return
    person = party.person or Person()
    person.phone = phone
    person.index()
    person.save()
