"""The statistics of each month are kept as they were reported, and seen by who sees the city."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from openpyxl import load_workbook

from casework import clock
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
    return reports.keep("month", AT)


def seat(client, **more):
    with system("test"):
        user = User.objects.create(username="s", display_name="s", **more)
    client.force_login(user)
    return client


def test_a_month_is_counted_once_and_stays(march):
    with system("test"):
        Case.objects.create(ticket_no="CQ12351-20260311-0002", opened_at=AT.replace(day=11))
    again = reports.keep("month", AT)
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


def test_a_week_is_kept_beside_its_month_from_the_page_and_twice_is_once(client, march):
    desk = seat(client, roles=["supervisor"])
    with clock.held_at(AT):
        for _click in range(2):
            assert desk.post(reverse("months")).status_code == 302
    week = Report.objects.get(span="week")
    assert week.title == "劳动争议调解统计周报（2026年3月23日至29日）"
    assert (week.last - week.first).days == 6
    assert Report.objects.count() == 2
    text = nets.extracted(desk.get(reverse("month", args=[week.pk])).content)
    assert "2026年3月23日至2026年3月29日" in text
    assert "指标口径" in text


def test_a_report_goes_out_with_small_counts_hidden_as_pdf_and_as_workbook(client, march):
    desk = seat(client, roles=["supervisor"])
    figures = reverse("month-xlsx", args=[march.pk])

    def told(path):
        sheet = load_workbook(io.BytesIO(desk.get(path).content)).worksheets[0]
        return {row[1].value: row[3].value for row in sheet.iter_rows(min_row=2)}

    assert told(figures)["登记数"] == 1
    assert told(f"{figures}?outside=1")["登记数"] == "*"
    book = load_workbook(io.BytesIO(desk.get(figures).content))
    assert len(book.sheetnames) >= 3
    answer = desk.get(f"{reverse('month', args=[march.pk])}?outside=1")
    assert "outside" in answer["Content-Disposition"]
    assert "*" in nets.extracted(answer.content)


def test_a_week_over_two_months_and_two_years_has_its_name(march):
    facts = reports.facts_of(march)
    week = replace(facts, span="week", first=date(2026, 3, 30), last=date(2026, 4, 5))
    assert reports.named(week).endswith("（2026年3月30日至4月5日）")
    year = replace(week, first=date(2026, 12, 28), last=date(2027, 1, 3))
    assert reports.named(year).endswith("（2026年12月28日至2027年1月3日）")


@pytest.mark.parametrize("roles", [["mediator"], ["auditor"], ["admin"]])
def test_a_stranger_finds_nothing(client, march, roles):
    desk = seat(client, roles=roles)
    for address in (
        reverse("months"),
        reverse("month", args=[march.pk]),
        reverse("month-xlsx", args=[march.pk]),
    ):
        assert desk.get(address).status_code == 404
    assert desk.post(reverse("months")).status_code == 404
    assert Report.objects.count() == 1


def test_who_sees_one_district_does_not_see_the_city(client, march):
    with system("test"):
        district = District.objects.order_by("pk").first() or District.objects.create(
            code="500199", name="试验区", short="试"
        )
    desk = seat(client, roles=["mediation_head"], district=district)
    assert desk.get(reverse("months")).status_code == 404


def test_a_sum_over_few_cases_is_hidden_outside_and_told_inside(march):
    facts = reports.facts_of(march)
    few = replace(
        facts.measures[5], value=Decimal(72000), before=Decimal(90000), cases=2, cases_before=6
    )
    assert few.name == "协议金额"
    shown = replace(facts, measures=(few,))
    assert (shown.rows[0].value, shown.rows[0].before) == ("72,000", "90,000")
    (row,) = shown.for_outside().rows
    assert (row.value, row.before, row.change) == ("*", "90,000", "—")
    assert shown.for_outside().measures[0].cases is None
