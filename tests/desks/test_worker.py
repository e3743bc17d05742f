"""The worker's pages: short sentences, files without place and hour, words and answers, the own data."""

import io
import json
import re
import zipfile

import pytest
from django.db import transaction
from django.test import Client
from PIL import Image

from casework import clock, tracking
from casework.access.context import acting, system
from casework.models import CallRecord, Case, Event, Evidence, WorkerWord
from documents import storage
from tests.pocket import Pocket, arrive
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db(transaction=False)
PAGES = ("status", "papers", "files", "say", "rate", "looks", "data", "slip", "plan", "steps")
MOST_HAN = 25


@pytest.fixture
def matter(people, settings, tmp_path):  # noqa: F811
    settings.WUFANG_NOTIFIER = "tests.pocket.Pocket"
    settings.WUFANG_FILES = tmp_path
    case = called(people).case
    with transaction.atomic(), acting(case.pk, None):
        party = Case.objects.get(pk=case.pk).parties.get(ref="W01")
        return case, tracking.make_code(case=case, party=party, by=None, at=clock.now())


@pytest.fixture
def worker(matter):
    """Both numbers, then the one-time code from the pocket."""
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.post("/track/", {"code": matter[1], "tail": "5511"})
    assert client.get("/track/files/")["Location"] == "/track/confirm/"
    client.post("/track/confirm/", {"send": "1"})
    arrive()
    code = re.search(r"\d{6}", Pocket.texts[-1][1])[0]
    assert client.post("/track/confirm/", {"otp": code})["Location"] == "/track/status/"
    return client


def photograph(colour="red"):
    """A JPEG with a place and an hour in it."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x0132] = "2026:03:02 09:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (3000, 40), colour).save(made, "JPEG", exif=exif)
    made.name = "考勤.jpg"
    made.seek(0)
    return made


def sentences(page):
    """What a person reads: by full stop and by line; numbers and names of files count as read."""
    body = re.sub(r"(?s)<(script|style|svg|head).*?</\1>|<!--.*?-->", "", page)
    text = re.sub(r"<[^>]+>", "\n", body)
    return [part.strip() for part in re.split(r"[。！？；\n]", text) if part.strip()]


def test_every_page_speaks_in_short_sentences_and_tells_nothing_in_its_title(worker):
    for name in PAGES:
        answer = worker.get(f"/track/{name}/")
        page = answer.content.decode()
        assert answer.status_code == 200, name
        assert "no-store" in answer["Cache-Control"], name
        assert re.search(r"<title>\s*服务查询\s*</title>", page), name
        long = [
            each
            for each in sentences(page)
            if len(re.findall(r"[\u4e00-\u9fff]", each)) > MOST_HAN
        ]
        assert long == [], (name, long)
        assert not re.search(r"\b[A-Z]-\d\d\b", re.sub(r"<[^>]+>", "", page)), (
            name
        )  # no code of a rule


def test_every_page_has_the_quick_way_out_and_none_opens_without_the_code(worker, matter):
    half = Client()
    half.post("/track/", {"code": matter[1], "tail": "5511"})
    assert 'name="quick"' in half.get("/track/confirm/").content.decode()
    for name in (*PAGES, "offices", "sign"):
        if name != "slip":  # a slip for the printer
            assert 'name="quick"' in worker.get(f"/track/{name}/").content.decode(), name
        if name != "status":
            assert half.get(f"/track/{name}/")["Location"] == "/track/confirm/", name
            assert Client().get(f"/track/{name}/")["Location"] == "/track/", name


def test_who_has_it_since_when_what_next_by_when(matter):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    answer = client.post("/track/", {"code": matter[1], "tail": "5511"}, follow=True)
    page = answer.content.decode()  # two steps: code and digits, then this
    assert "现在由两江新区总工会在办" in page
    assert re.search(r"从\d+月\d+日起", page)
    assert "岚桥机电" not in page  # the employer is not named before the one-time code


def test_files_lose_place_and_hour_and_are_kept_once(matter, worker, people):  # noqa: F811
    answer = worker.post(
        "/track/files/", {"files": [photograph(), photograph("blue")]}, follow=True
    )
    assert "收到 2 个文件" in answer.content.decode()
    worker.post("/track/files/", {"files": [photograph()]})
    with transaction.atomic(), system("test"):
        rows = list(Evidence.objects.order_by("id"))
    assert len(rows) == 2
    kept = Image.open(io.BytesIO(storage.read(rows[0].sha256)))
    assert dict(kept.getexif()) == {}
    assert max(kept.size) == 2400
    seat = Client()
    seat.force_login(people["dengchuan"])
    got = seat.get(f"/cases/{matter[0].pk}/files/{rows[0].pk}/")
    assert got.status_code == 200
    assert "attachment" in got["Content-Disposition"]
    for name in ("qinxiaoyue", "luoqiming", "zhongping"):
        stranger = Client()
        stranger.force_login(people[name])
        assert stranger.get(f"/cases/{matter[0].pk}/files/{rows[0].pk}/").status_code == 404
    worker.post(f"/track/files/{rows[0].pk}/back/")
    assert seat.get(f"/cases/{matter[0].pk}/files/{rows[0].pk}/").status_code == 404


def test_what_is_no_picture_is_refused_and_the_others_arrive(worker):
    fake = io.BytesIO(b"MZ\x90 a program that calls itself a photograph")
    fake.name = "photo.jpg"
    drawing = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    drawing.name = "x.png"
    answer = worker.post("/track/files/", {"files": [fake, drawing, photograph()]})
    page = answer.content.decode()
    assert page.count("只收照片和 PDF") == 2
    assert page.count("撤回") == 1
    assert "请先选照片" in worker.post("/track/files/", {}).content.decode()


def test_a_worker_disagrees_and_reads_the_answer(matter, worker, people):  # noqa: F811
    assert worker.post("/track/say/", {"kind": "OBJECTION", "text": " "}).status_code == 422
    worker.post("/track/say/", {"kind": "OBJECTION", "text": "我没有说过同意调解"})
    seat = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    seat.force_login(people["dengchuan"])
    assert "1 位职工在等答复" in seat.get("/work/").content.decode()
    assert "我没有说过同意调解" in seat.get("/words/").content.decode()
    with transaction.atomic(), system("test"):
        row = WorkerWord.objects.get()
    stranger = Client()
    stranger.force_login(people["zhongping"])  # another district
    assert stranger.post(f"/words/{row.pk}/", {"text": "x"}).status_code == 404
    seat.post(f"/words/{row.pk}/", {"text": "已改为不同意。"})
    seat.post(f"/words/{row.pk}/", {"text": "第二次"})
    page = worker.get("/track/say/").content.decode()
    assert "已改为不同意" in page
    assert "第二次" not in page
    with transaction.atomic(), system("test"):
        kinds = list(Event.objects.filter(case=matter[0]).values_list("kind", flat=True))
    assert kinds[-2:] == ["worker.spoke", "worker.answered"]


def test_the_own_data_is_seen_and_taken_along(matter, worker):
    page = worker.get("/track/data/").content.decode()
    assert "13800005511" in page
    taken = worker.post("/track/data/along/")
    with zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as archive:
        data = json.loads(archive.read("data.json"))
    assert data["本人"][0]["姓名"] == "邹世海"
    assert taken["Content-Disposition"] == 'attachment; filename="my-data.zip"'


def test_rating_and_the_quick_way_out(matter, worker):
    worker.post("/track/rate/", {"satisfaction": "satisfied"})
    with transaction.atomic(), system("test"):
        assert CallRecord.objects.get(case=matter[0]).satisfaction == "satisfied"
    gone = worker.post("/track/leave/", {"quick": "1"})
    assert gone["Location"] == "/calculators/"
    assert worker.get("/track/data/")["Location"] == "/track/"
    assert worker.post("/track/paid/1/", {"yes": "1"})["Location"] == "/track/"
