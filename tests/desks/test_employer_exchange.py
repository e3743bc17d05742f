"""The employer's door: of the evidence only what the mediator showed to this side, and the agreement to be signed."""

import pytest
from django.db import transaction
from django.test import Client

from casework import clock
from casework.access.context import acting, system
from casework.commands import evidence
from casework.models import Event, Evidence, Note, Party, Side
from mediation.commands import worker
from mediation.views.employer import DOOR
from tests.desks.test_employer_door import case, code_for, firm, inside  # noqa: F401
from tests.desks.test_worker import photograph
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.test_signing import (
    WHEN,
    link,
    party,
    sign,
    signatures,
    story,  # noqa: F401
    version_of,
)
from tests.process.test_signing import at as moment

pytestmark = pytest.mark.django_db
AT = instant("2026-03-05 10:00")
PAGE = "/door/inside/"


def handed_in(case, colour, title):  # noqa: F811
    with transaction.atomic(), acting(case.pk, None):
        me = Party.objects.get(case=case, ref="W01")
        row, _fresh = worker.hand_in(
            case, me, data=photograph(colour).read(), name="密庚的工资条.jpg", at=AT
        )
        Evidence.objects.filter(pk=row.pk).update(title=title)
        return Evidence.objects.get(pk=row.pk)


def test_it_sees_what_was_shown_to_its_side_alone(case, inside, people):  # noqa: F811
    mine, other = (
        handed_in(case, "red", "考勤表一页"),
        handed_in(case, "blue", "密辛的录音截图"),
    )
    assert inside.get(PAGE).context["exchanged"] == []
    assert inside.get(f"/door/exchanged/{mine.pk}/").status_code == 404
    with transaction.atomic(), acting(case.pk, people["weijia"]):
        evidence.show(mine, side=Side.EMPLOYER, session=None, by=people["weijia"], at=AT)
        evidence.show(other, side=Side.WORKER, session=None, by=people["weijia"], at=AT)
    shown = inside.get(PAGE)
    page = shown.content.decode()
    assert [row["words"] for row in shown.context["exchanged"]] == ["考勤表一页"]
    for secret in ("密庚", "密辛", "密丙", "13800005511", "密丁", "密戊", "密乙"):
        assert secret not in page
    got = inside.get(f"/door/exchanged/{mine.pk}/")
    assert (got.status_code, got["Content-Type"]) == (200, "image/jpeg")
    assert "密" not in got["Content-Disposition"]
    assert inside.get(f"/door/exchanged/{other.pk}/").status_code == 404
    assert Client().get(f"/door/exchanged/{mine.pk}/")["Location"] == "/door/"
    with transaction.atomic(), system("test"):
        (told,) = Event.objects.filter(case=case, kind="evidence.viewed")
        assert (told.by_name, told.payload["sha256"]) == ("R1", mine.sha256)
        worker.take_back(mine, at=AT)
    assert inside.get(PAGE).context["exchanged"] == []
    assert inside.get(f"/door/exchanged/{mine.pk}/").status_code == 404


def at_door(story, ref="R1"):  # noqa: F811
    client, me = Client(headers={"accept-language": "zh-hans"}), party(story, ref)
    session = client.session
    session[DOOR.key] = {"code_id": 1, "case_id": story.case_id, "party_id": me.pk}
    session[DOOR.confirmed] = True
    session.save()
    return client


def test_the_agreement_is_read_and_signed_behind_the_door_as_by_the_link(story):  # noqa: F811
    client = at_door(story)
    with transaction.atomic(), acting(story.case_id, story.people["mediator"]):
        Note.objects.create(
            case_id=story.case_id, author=story.people["mediator"], text="密：底线两万", at=AT
        )
    with clock.held_at(moment(WHEN)):
        door = client.get(PAGE)
        assert door.context["sign_url"] == "/door/sign/"
        page = client.get("/door/sign/").content.decode()
        by_link = client.get(link(story))
        assert client.get("/door/sign/paper.pdf").content.startswith(b"%PDF")
    assert "36,000.00" in page
    assert "密：底线" not in page + door.content.decode()
    assert "36,000.00" not in by_link.content.decode(), "the link asks for its own code"
    assert Client().get("/door/sign/")["Location"] == "/door/"
    assert Client().get("/door/sign/paper.pdf")["Location"] == "/door/"
    sign(client, story, "R1", "/door/sign/", read="")
    assert signatures(story) == [], "unread is unsigned"
    sign(client, story, "R1", "/door/sign/", "2026-03-25 09:30")
    assert signatures(story) == [("employer", "code")]
    with clock.held_at(moment("2026-03-25 09:40")):
        assert client.get(PAGE).context["sign_url"] == ""
        again = client.get("/door/sign/").content.decode()
    assert "密" not in again
    assert version_of(story).state == "READY"
