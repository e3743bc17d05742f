"""Meetings of the liaisons: what is stuck is the agenda, the offices are told, minutes and tasks are kept."""

from casework import clock
from casework.models import LiaisonMeeting, Message, Office, Referral, User
from tests.process.conftest import instant
from tests.process.referred import referred
from tests.process.test_engine import in_system

WHERE = "/linkage/meetings/"


def post(client, path, at, **data):
    with clock.held_at(instant(at)):
        return client.post(path, data)


def get(client, path, at="2026-03-06 09:00"):
    with clock.held_at(instant(at)):
        return client.get(path)


def test_from_the_agenda_of_what_is_stuck_to_tasks_ticked_off(people, client):
    done = referred(people)  # never signed for: P-11 is over on 6 March
    row = in_system(lambda: Referral.objects.select_related("office").get(case=done.case))
    in_system(lambda: User.objects.filter(username="luoqiming").update(phone="13800001301"))
    client.force_login(people["dengchuan"])
    page = get(client, WHERE).content.decode()
    assert row.number in page
    assert "邹世海" not in page
    told = {"on_day": "2026-03-10", "at_time": "14:30", "place": "二楼会议室",
            "offices": [str(row.office_id)], "agenda": f"{row.office.name}　{row.number}"}  # fmt: skip
    assert post(client, WHERE, "2026-03-11 09:00", **told).status_code == 422  # not ahead
    assert post(client, WHERE, "2026-03-06 09:00", **{**told, "offices": []}).status_code == 422
    assert post(client, WHERE, "2026-03-06 09:00", **told).status_code == 302
    made = in_system(lambda: LiaisonMeeting.objects.get())
    kept = in_system(lambda: Message.objects.get(template="liaison_meeting"))
    assert (kept.to_masked, kept.case_id) == ("138****1301", None)
    here = f"{WHERE}{made.pk}/"
    held = {"minutes": "监察机构说明情况。", "duties-0-who": "监察机构", "duties-0-what": "签收并答复",
            "duties-0-until": "2026-03-12"}  # fmt: skip
    assert post(client, here, "2026-03-09 09:00", **held).status_code == 422  # not held yet
    assert post(client, here, "2026-03-10 16:00", **held).status_code == 302
    assert post(client, here, "2026-03-10 16:01", **held).status_code == 422  # once
    client.force_login(people["luoqiming"])
    seen = get(client, here, "2026-03-13 09:00").content.decode()
    assert "签收并答复" in seen
    assert "监察机构说明情况。" in seen
    assert post(client, here, "2026-03-13 09:00", done="0").status_code == 404
    client.force_login(people["dengchuan"])
    assert get(client, WHERE, "2026-03-13 09:00").context["rows"][0]["late"] == 1
    assert post(client, here, "2026-03-13 09:00", done="0").status_code == 302
    assert post(client, here, "2026-03-13 09:01", done="0").status_code == 422
    assert in_system(lambda: LiaisonMeeting.objects.get().duties[0]["done_on"]) == "2026-03-13"


def test_who_is_not_invited_or_of_another_district_finds_nothing(people, client):
    office = in_system(lambda: Office.objects.get(pk=people["luoqiming"].office_id))
    client.force_login(people["dengchuan"])
    post(client, WHERE, "2026-03-06 09:00", on_day="2026-03-10", at_time="14:30", place="二楼",
         offices=[str(office.pk)], agenda="例会")  # fmt: skip
    here = f"{WHERE}{in_system(lambda: LiaisonMeeting.objects.get()).pk}/"
    for who, status in (("luoqiming", 200), ("taoyan", 404), ("zhongping", 404), ("admin", 404),
                        ("weijia", 200)):  # fmt: skip
        client.force_login(people[who])
        assert get(client, here).status_code == status, who
    client.force_login(people["taoyan"])
    assert post(client, WHERE, "2026-03-06 09:00", place="x").status_code == 404
    assert "例会" not in get(client, WHERE).content.decode()
