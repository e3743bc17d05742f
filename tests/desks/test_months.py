"""The statistics of each month are kept as they were reported, and seen by who sees the city."""

import json
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import reverse

from casework.access.context import system
from casework.models import Case, District, User
from documents import fonts, reports
from documents.models import Report
from documents.rendering import nets

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 31, 17, 20, tzinfo=UTC)  # the first of April in Shanghai


@pytest.fixture
def march(tmp_path, monkeypatch):
    monkeypatch.setenv("WUFANG_FONTS", str(fonts.folder()))
    monkeypatch.setattr(settings, "WUFANG_FILES", tmp_path)
    with system("test"):
        Case.objects.create(ticket_no="CQ12351-20260310-0001", opened_at=AT.replace(day=10))
    return reports.keep_month(AT)


def seat(client, **more):
    with system("test"):
        user = User.objects.create(username="s", display_name="s", **more)
    client.force_login(user)
    return client


def test_a_month_is_counted_once_and_stays(march):
    with system("test"):
        Case.objects.create(ticket_no="CQ12351-20260311-0002", opened_at=AT.replace(day=11))
    again = reports.keep_month(AT)
    assert (again.pk, again.facts, again.sha256) == (march.pk, march.facts, march.sha256)
    assert Report.objects.count() == 1
    assert (march.first.isoformat(), march.last.isoformat()) == ("2026-03-01", "2026-03-31")
    assert len(json.loads(march.facts)["charts"]) >= 1


def test_it_is_listed_and_read(client, march):
    desk = seat(client, roles=["supervisor"])
    assert march.title in desk.get(reverse("months")).content.decode()
    pdf = desk.get(reverse("month", args=[march.pk])).content
    assert "2026年3月1日至2026年3月31日" in nets.extracted(pdf)
    assert desk.get(reverse("cockpit")).content.decode().count(reverse("months")) == 1


@pytest.mark.parametrize("roles", [["mediator"], ["auditor"], ["admin"]])
def test_a_stranger_finds_nothing(client, march, roles):
    desk = seat(client, roles=roles)
    for address in (reverse("months"), reverse("month", args=[march.pk])):
        assert desk.get(address).status_code == 404


def test_who_sees_one_district_does_not_see_the_city(client, march):
    with system("test"):
        district = District.objects.order_by("pk").first() or District.objects.create(
            code="500199", name="试验区", short="试"
        )
    desk = seat(client, roles=["mediation_head"], district=district)
    assert desk.get(reverse("months")).status_code == 404
