"""A list of people is shown with its errors, brought in whole after a second look, and taken back."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from casework.models import HouseAct, User
from tests.process.conftest import people  # noqa: F401

pytestmark = pytest.mark.django_db
PATH, HEAD = "/house/people/list/", ["姓名", "登录名", "岗位", "区县", "单位", "电话"]
GOOD = [
    ["乔木", "qiaomu", "调解员、记录员", "两江新区", "", "023-60000001"],
    ["=HYPERLINK(1)", "guyue", "case_manager", "", "", ""],
]


@pytest.fixture
def admin(people):  # noqa: F811
    client = Client(headers={"accept-language": "en"})
    client.force_login(people["admin"])
    return client


def xlsx(*rows):
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s"
    made = io.BytesIO()
    book.save(made)
    return SimpleUploadedFile("people.xlsx", made.getvalue())


def csv(*rows, code="utf-8"):
    text = "\n".join(",".join(row) for row in (HEAD, *rows))
    return SimpleUploadedFile("people.csv", text.encode(code))


def pledge(answer):
    return re.search(r'name="pledge" value="([^"]+)"', answer.content.decode())[1]


def passwords(answer):
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def acts():
    return list(HouseAct.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize("file", [xlsx, csv, lambda *rows: csv(*rows, code="gb18030")])
def test_a_list_is_shown_first_and_written_only_when_confirmed(admin, file):
    before = User.objects.count()
    shown = admin.post(PATH, {"file": file(*GOOD)})
    assert shown.status_code == 200
    assert "2 rows, no error; nothing was brought in yet" in shown.content.decode()
    assert (User.objects.count(), acts()) == (before, [])
    made = passwords(admin.post(PATH, {"pledge": pledge(shown)}))
    assert [row[:2] for row in made] == [["乔木", "qiaomu"], ["=HYPERLINK(1)", "guyue"]]
    assert acts() == ["person.made", "person.made", "people.imported"]
    newcomer = User.objects.get(username="qiaomu")
    assert (newcomer.roles, newcomer.must_change_password) == (["mediator", "recorder"], True)
    assert newcomer.check_password(made[0][2])
    again = admin.post(PATH, {"pledge": pledge(shown)})  # a second click writes nothing
    assert again.status_code == 422
    assert "This user name is taken" in again.content.decode()
    assert User.objects.count() == before + 2


def test_every_error_stands_in_its_row_and_nothing_is_written(admin):
    before = User.objects.count()
    answer = admin.post(PATH, {"file": xlsx(
        ["", "Gross", "魔术师", "月球区", "月球局", "x" * 41],
        ["甲", "doppelt", "审计员、督导员", "", "", ""],
        ["乙", "doppelt", "法院联络员", "", "", ""],
        ["覃晓月", "qinxiaoyue", "", "", "", ""],
    )})  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "4 of 4 rows have errors" in page
    for words in (
        "A name is needed", "Begin with a small letter", "No role is called so: 魔术师",
        "No district is called so", "No open office is called so", "40 signs at most.",
        "stands in the list twice", "A liaison works for an office", "This user name is taken",
        "A person needs at least one role", "Somebody of this name has an account",
    ):  # fmt: skip
        assert words in page, words
    assert 'name="pledge"' not in page
    assert User.objects.count() == before


def test_what_is_no_list_is_refused_with_words(admin):
    wrong = {
        "cannot be read as a table": SimpleUploadedFile("x.xlsx", b"PK\x03\x04broken"),
        "first line must read": SimpleUploadedFile("x.csv", b"a,b\n1,2"),
        "Save it as .xlsx": SimpleUploadedFile("x.xls", b"\xd0\xcf\x11\xe0old"),
    }
    for words, file in wrong.items():
        answer = admin.post(PATH, {"file": file})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert admin.post(PATH, {"pledge": "made up"}).status_code == 422


def test_an_import_is_taken_back_as_far_as_nobody_logged_in(admin):
    made = passwords(
        admin.post(PATH, {"pledge": pledge(admin.post(PATH, {"file": xlsx(*GOOD)}))})
    )
    Client().post("/login/", {"username": "guyue", "password": made[1][2]})
    page = admin.get("/house/").content.decode()
    assert "brought in 2 accounts" in page
    back = re.search(r'action="(/house/people/list/\d+/back/)"', page)[1]
    answer = admin.post(back, follow=True).content.decode()
    assert "1 accounts deactivated; 1 stay" in answer
    active = dict(
        User.objects.filter(username__in=["qiaomu", "guyue"]).values_list(
            "username", "is_active"
        )
    )
    assert active == {"qiaomu": False, "guyue": True}
    assert "brought in" not in admin.get("/house/").content.decode()
    assert "taken back already" in admin.post(back, follow=True).content.decode()
    assert acts()[-1] == "people.import_undone"


def test_a_stranger_brings_nobody_in_and_the_empty_list_can_be_filled(admin, people):  # noqa: F811
    for name in ("qinxiaoyue", "yuanjing", "luoqiming"):
        stranger = Client()
        stranger.force_login(people[name])
        assert stranger.get(PATH).status_code == 404
        assert stranger.post(PATH, {"file": xlsx(*GOOD)}).status_code == 404
        assert stranger.post(f"{PATH}1/back/").status_code == 404
    example = SimpleUploadedFile("people.xlsx", admin.get(f"{PATH}?example").content)
    assert admin.post(PATH, {"file": example}).status_code == 200
