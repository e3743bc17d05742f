"""The desk of templates: an administrator drafts, another one puts in use, a stranger finds nothing."""

import pytest
from django.conf import settings
from django.urls import reverse

from casework import clock
from casework.access.context import system
from casework.models import HouseAct, User
from documents import fonts, sandbox, wording
from documents.models import Wording, WordingLife

pytestmark = pytest.mark.django_db
CODE = "D25"


@pytest.fixture
def admins(tmp_path, monkeypatch):
    monkeypatch.setenv("WUFANG_FONTS", str(fonts.folder()))
    monkeypatch.setattr(settings, "WUFANG_FILES", tmp_path)
    with system("test"):
        return [
            User.objects.create(username=name, display_name=name, roles=["admin"])
            for name in ("甲", "乙")
        ]


def changed():
    return sandbox.built_in(CODE).replace("特此告知。", "特此通知如上。")


def post_draft(client, source):
    address = reverse("wording-draft", args=[CODE])
    return client.post(address, {"source": source, "reason": "改用通知"})


def test_from_the_list_over_draft_and_sample_into_use(client, admins):
    client.force_login(admins[0])
    assert "不予受理告知书" in client.get(reverse("wordings")).content.decode()
    assert post_draft(client, changed()).status_code == 302
    row = Wording.objects.get()
    page, act = (reverse(name, args=[CODE, row.pk]) for name in ("wording", "wording-act"))
    sample = reverse("wording-sample", args=[CODE, row.pk])
    assert client.get(sample).status_code == 202
    wording.print_sample(row.pk)
    assert client.get(sample).content.startswith(b"%PDF")
    assert 'value="activate"' not in client.get(page).content.decode()
    client.post(act, {"act": "activate"})
    assert wording.current(CODE) is None
    client.force_login(admins[1])
    assert 'value="activate"' in client.get(page).content.decode()
    for _ in range(2):
        client.post(act, {"act": "activate"})
    assert wording.current(CODE) == row
    client.post(act, {"act": "withdraw"})
    row.refresh_from_db()
    assert row.life == WordingLife.ENDED
    told = HouseAct.objects.order_by("at", "id").values_list("kind", "by", "about")
    assert [*told] == [  # the second press of "put in use" did nothing and is not told
        ("wording.drafted", admins[0].pk, f"{CODE} 1"),
        ("wording.activated", admins[1].pk, f"{CODE} 1"),
        ("wording.ended", admins[1].pk, f"{CODE} 1"),
    ]
    client.force_login(admins[0])
    audit = client.get(reverse("house-audit"), headers={"accept-language": "en"})
    assert "template of a paper put in use" in audit.content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(client, admins):
    client.force_login(admins[0])
    answer = post_draft(client, changed().replace("{{ f.reason }}", "我的话"))
    assert answer.status_code == 422
    assert "不予受理的理由" in answer.content.decode()
    assert "我的话" in answer.content.decode()
    assert not Wording.objects.exists()


@pytest.mark.parametrize("role", ["supervisor", "mediation_head", "auditor", "case_manager"])
def test_a_stranger_finds_nothing(client, admins, role):
    row = wording.draft(CODE, changed(), reason="x", by=admins[0], at=clock.now())
    with system("test"):
        stranger = User.objects.create(username="fremd", roles=[role])
    client.force_login(stranger)
    pages = [reverse("wordings"), reverse("wording-draft", args=[CODE])]
    pages += [reverse(name, args=[CODE, row.pk]) for name in ("wording", "wording-sample")]
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post(reverse("wording-act", args=[CODE, row.pk])).status_code == 404
