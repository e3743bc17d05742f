"""After a paper is issued: service per receiver with proof, the undelivered, copies, corrections."""

import dataclasses
import io

import pikepdf
import pymupdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from casework import clock
from casework.access.context import acting, system
from casework.models import Party, Service, ServiceTry
from documents import copying, editions, issue, samples, verify
from documents.compose import compose
from documents.gallery import sample_imprint
from documents.models import Paper
from documents.rendering import render
from mediation.commands import serving
from mediation.commands.papers import PaperRefused
from tests.desks.test_rules import client_of
from tests.process.conftest import instant, people  # noqa: F401
from tests.process.journey import received

pytestmark = pytest.mark.django_db
NOON = "2026-03-05 12:00"
SERVED = {"party": "W01", "arrived": "yes", "way": "direct", "on": "2026-03-05"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.WUFANG_FILES = tmp_path


@pytest.fixture(scope="module")
def printed():
    """D02 as printed."""
    return render(compose(samples.FACTS["D02"], sample_imprint("D02"))).pdf


@pytest.fixture
def paper(people):  # noqa: F811
    """D25 to the worker, issued by hand of the case manager."""
    case = received(people).case
    with transaction.atomic(), acting(case.pk, people["weijia"]):
        return issue.issue(
            "D25", case=case, by=people["weijia"], at=instant(NOON), reason="不属于劳动争议"
        )


def ask(people, who, address, **data):  # noqa: F811
    with clock.held_at(instant(NOON)):
        client = client_of(people[who])
        return client.post(address, data) if data else client.get(address)


def about(paper):
    return f"/cases/{paper.case_id}/papers/{paper.pk}/about/"


def rows(model, **which):
    with transaction.atomic(), system("test"):
        return list(model.objects.filter(**which))


def photograph():
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (40, 30)).save(made, "JPEG", exif=exif)
    return made.getvalue()


def test_service_is_recorded_per_receiver_with_its_slip(people, paper):  # noqa: F811
    sent = SimpleUploadedFile("签收.jpg", photograph())
    answer = ask(people, "weijia", about(paper), **SERVED, place="工会三楼", file=sent)
    assert answer.status_code == 302
    (row,) = rows(Service, paper_id=paper.pk)
    assert (row.way, str(row.served_on), row.place) == ("direct", "2026-03-05", "工会三楼")
    (slip,) = rows(Paper, code="D29", subject_id=row.pk)
    with transaction.atomic(), system("test"):
        facts = issue.facts_of(slip)
    assert (facts.way, facts.place, facts.document_number) == (
        "直接送达",
        "工会三楼",
        paper.number,
    )
    words = ask(people, "weijia", about(paper)).content.decode()
    assert "工会三楼" in words
    proof = f"/cases/{paper.case_id}/papers/{paper.pk}/proof/{row.pk}/"
    seen = ask(people, "weijia", proof)
    assert seen.headers["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert not picture.getexif(), (
            "no camera, no place: made anew as every file from outside"
        )
    assert ask(people, "zhongping", proof).status_code in (403, 404)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"way": "left"}, "见证人"),
        ({"way": "post"}, "邮件号"),
        ({"way": "electronic"}, "电子送达"),
        ({"on": "2026-03-06"}, "这一天还没到"),
        ({"arrived": "no"}, "未送达"),
        ({"party": "W99"}, "W99"),
    ],
)
def test_a_service_without_what_the_way_asks_for_is_refused(people, paper, changes, words):  # noqa: F811
    answer = ask(people, "weijia", about(paper), **{**SERVED, **changes})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert rows(Service, paper_id=paper.pk) == []


def test_a_file_that_is_no_picture_is_refused(people, paper):  # noqa: F811
    sent = SimpleUploadedFile("x.exe", b"MZ")
    answer = ask(people, "weijia", about(paper), **SERVED, file=sent)
    assert answer.status_code == 200
    assert "照片" in answer.content.decode()
    assert rows(Service, paper_id=paper.pk) == []


def test_what_did_not_arrive_stays_on_the_board_until_it_does(people, paper):  # noqa: F811
    board = ask(people, "weijia", "/undelivered/").content.decode()
    assert paper.number in board
    ask(people, "weijia", about(paper), **{**SERVED, "arrived": "no", "why": "查无此人"})
    assert len(rows(ServiceTry, paper_id=paper.pk)) == 1
    assert "查无此人" in ask(people, "weijia", "/undelivered/").content.decode()
    ask(people, "weijia", about(paper), **SERVED)
    assert paper.number not in ask(people, "weijia", "/undelivered/").content.decode()
    assert paper.number not in ask(people, "zhongping", "/undelivered/").content.decode()
    assert ask(people, "admin", "/undelivered/").status_code == 404


def test_electronic_service_needs_a_confirmed_address(people, paper):  # noqa: F811
    with transaction.atomic(), acting(paper.case_id, people["weijia"]):
        party = Party.objects.get(case_id=paper.case_id, ref="W01")
        assert not serving.agreed_to_electronic(party)
        issue.issue(
            "D28", case=paper.case, by=people["weijia"], at=instant(NOON), party=party,
            address="示例路1号", electronic=True, electronic_address="13800005511",
        )  # fmt: skip
    assert (
        ask(people, "weijia", about(paper), **{**SERVED, "way": "electronic"}).status_code
        == 302
    )


def test_a_correction_is_a_new_edition_with_its_reason(people, paper):  # noqa: F811
    address = f"/cases/{paper.case_id}/papers/{paper.pk}/correct/"
    assert ask(people, "weijia", address, reason="", subject="x").status_code == 200
    ask(people, "weijia", address, reason="笔误", subject="劳务报酬争议")
    new = rows(Paper, supersedes=paper)[0]
    old = rows(Paper, pk=paper.pk)[0]
    assert (new.number, new.edition, old.life, old.reason) == (
        paper.number,
        2,
        "SUPERSEDED",
        "笔误",
    )
    assert verify.verdict(paper.check_code).answer == verify.SUPERSEDED
    words = ask(people, "weijia", about(new)).content.decode()
    assert "笔误" in words
    assert ask(people, "qinxiaoyue", address, reason="x").status_code == 403


def test_a_withdrawn_number_is_never_used_again(people, paper):  # noqa: F811
    address = f"/cases/{paper.case_id}/papers/{paper.pk}/withdraw/"
    assert ask(people, "weijia", address, no="1").status_code == 409
    for _click in range(2):
        assert ask(people, "weijia", address, reason="发错").status_code == 302
    assert rows(Paper, pk=paper.pk)[0].life == "VOIDED"
    with transaction.atomic(), acting(paper.case_id, people["weijia"]):
        again = issue.issue(
            "D25",
            case=paper.case,
            by=people["weijia"],
            at=instant(NOON),
            reason="不属于劳动争议",
        )
    assert again.number != paper.number


def test_what_the_parties_signed_is_not_corrected_by_hand(people, paper):  # noqa: F811
    with transaction.atomic(), acting(paper.case_id, people["weijia"]):
        signed = Paper.objects.get(case_id=paper.case_id, code="D08")
        given = {"reason": "x", "by": people["weijia"], "at": instant(NOON)}
        with pytest.raises(serving.SignedByThem):
            serving.correct(signed, facts=issue.facts_of(signed), **given)
        with pytest.raises(serving.SignedByThem):
            serving.withdraw(signed, **given)


def test_a_second_call_record_replaces_the_first(people, paper):  # noqa: F811
    with transaction.atomic(), acting(paper.case_id, people["weijia"]):
        given = {
            "case": paper.case,
            "by": people["weijia"],
            "at": instant(NOON),
            "reason": "补充登记",
        }
        first = Paper.objects.get(case_id=paper.case_id, code="D01")
        second = editions.renew("D01", **given, advice="请保存证据。")
        assert editions.renew("D01", **given, advice="请保存证据。") == second
        first.refresh_from_db()
        standing = Paper.objects.filter(case_id=paper.case_id, code="D01", life="VALID")
        assert list(standing) == [second]
        assert (first.life, second.edition) == ("SUPERSEDED", 2)


def test_a_copy_shows_the_same_pages_marked(printed):
    pdf, marked = printed, copying.marked(printed)
    assert marked == copying.marked(pdf)
    one, other = pymupdf.open(stream=pdf), pymupdf.open(stream=marked)
    assert [page.get_text() for page in one] == [page.get_text() for page in other]
    corner = pymupdf.Rect(500, 20, 580, 60)
    for page in other:
        shot = page.get_pixmap(clip=corner)
        red = sum(shot.pixel(x, y)[0] > 180 > 2 * shot.pixel(x, y)[1]
                  for x in range(shot.width) for y in range(shot.height))  # fmt: skip
        assert red > 100
    with pikepdf.open(io.BytesIO(marked)) as document:
        assert "facts.json" in document.attachments


def test_a_correction_that_lacks_a_fact_is_refused_by_name(people, paper):  # noqa: F811
    with transaction.atomic(), acting(paper.case_id, people["weijia"]):
        facts = dataclasses.replace(issue.facts_of(paper), reason="")
        with pytest.raises(PaperRefused, match="理由"):
            serving.correct(
                paper, facts=facts, reason="笔误", by=people["weijia"], at=instant(NOON)
            )
