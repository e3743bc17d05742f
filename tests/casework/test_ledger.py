"""The ledger is one chain, numbers have no gaps, and a stolen row tells no telephone number."""

import os
import threading

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from casework import clock, events
from casework.access.context import acting, as_person, system
from casework.ids import new_id
from casework.models import Case, Event, Person, User
from casework.registry import next_number

PHONE = "13800001234"


def a_case() -> Case:
    case_id = new_id()
    with transaction.atomic():
        user = User.objects.create(
            username=f"u{case_id}", display_name="甲", roles=["operator"]
        )
        with acting(case_id, user):
            return Case.objects.create(
                id=case_id, ticket_no=f"T{case_id}", opened_at=clock.now(), intake_by=user
            )


def add(case: Case, **payload):
    return events.record(case, events.Kind.CALL_RECORDED, by=None, at=clock.now(), **payload)


def together(count, work):
    failed = []

    def run(number):
        try:
            work(number)
        except Exception as problem:
            failed.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []


def test_eight_threads_write_one_chain(own_database):
    case = a_case()

    def write(number):
        for _round in range(5):
            with transaction.atomic(), acting(case.pk, None):
                add(case, n=number)

    together(8, write)
    assert events.verify(case.pk) == []
    with transaction.atomic(), system("test"):
        seqs = list(Event.objects.filter(case=case).values_list("seq", flat=True))
        assert seqs == list(range(1, 41))
        assert Case.objects.get(pk=case.pk).chain_seq == 40


def test_twenty_threads_get_twenty_numbers(own_database):
    taken = []
    together(20, lambda _number: taken.append(next_number("race")))
    assert sorted(taken) == list(range(1, 21))


@pytest.mark.django_db
def test_a_number_of_a_rolled_back_transaction_is_given_again():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("back")
        raise ZeroDivisionError
    assert next_number("back") == 1


@pytest.mark.django_db
def test_saving_an_old_copy_of_the_case_does_not_move_the_chain():
    case = a_case()
    with acting(case.pk, None):
        stale = Case.objects.get(pk=case.pk)
        add(case)
        stale.title = "x"
        stale.save()
    assert events.verify(case.pk) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE casework_event SET kind = 'case.closed'",
        "DELETE FROM casework_event",
        "INSERT INTO casework_event SELECT * FROM casework_event",
        "DELETE FROM casework_case",
    ],
)
def test_the_app_can_neither_edit_nor_delete_nor_insert(attack):
    case = a_case()
    with acting(case.pk, None):
        add(case)
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack)
    assert events.verify(case.pk) == []


@pytest.mark.django_db
def test_nobody_writes_into_a_case_that_they_do_not_act_on():
    case, other = a_case(), a_case()
    with acting(other.pk, None), pytest.raises(DatabaseError), transaction.atomic():
        add(case)
    with (
        as_person(case.intake_by),
        pytest.raises(DatabaseError, match="not acting"),
        transaction.atomic(),
    ):
        add(case)


@pytest.mark.parametrize(
    ("attack", "seen"),
    [
        ("UPDATE casework_event SET payload = '{}' WHERE case_id = %s AND seq = 2", "fit"),
        ("UPDATE casework_event SET at = at - interval '1 day' WHERE case_id = %s", "fit"),
        (
            "UPDATE casework_event SET payload = '{}', salt = NULL WHERE case_id = %s",
            "while the",
        ),
        ("UPDATE casework_event SET digest = sha256('') WHERE case_id = %s AND seq = 2", "fit"),
        ("DELETE FROM casework_event WHERE case_id = %s AND seq = 2", "missing"),
        ("DELETE FROM casework_event WHERE case_id = %s AND seq = 3", "remembers"),
    ],
)
def test_what_even_the_owner_changes_is_seen(own_database, attack, seen):
    case = a_case()
    with transaction.atomic(), acting(case.pk, None):
        for number in range(3):
            add(case, n=number)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute("ALTER TABLE casework_event DISABLE TRIGGER written_once")
        owner.execute(attack, [case.pk])
    problems = events.verify(case.pk)
    assert any(seen in problem for problem in problems)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("context", "said"), [("system", "written once"), ("acting", "only the system")]
)
def test_the_words_of_a_file_that_stands_cannot_be_taken_out(context, said):
    case = a_case()
    with acting(case.pk, None):
        add(case, words="x")
    inside = system("test") if context == "system" else acting(case.pk, None)
    with inside, pytest.raises(DatabaseError, match=said), transaction.atomic():
        events.empty_ledger(case.pk)
    assert events.verify(case.pk) == []


FIRST_FORM = """
DO $$ DECLARE e record; prev bytea := ''; BEGIN
    FOR e IN SELECT * FROM casework_event WHERE case_id = {0} ORDER BY seq LOOP
        UPDATE casework_event SET salt = NULL, digest = NULL, hash = event_hash(prev, e.case_id, e.seq, e.kind,
            e.at, e.recorded_at, e.by_id, e.by_name, e.by_role, e.sealed, e.payload)
            WHERE id = e.id RETURNING hash INTO prev;
    END LOOP;
    UPDATE casework_case SET chain_head = prev WHERE id = {0};
END $$
"""


def test_entries_from_before_the_digests_still_verify_and_the_chain_goes_on(own_database):
    case = a_case()
    with transaction.atomic(), acting(case.pk, None):
        for number in range(3):
            add(case, n=number)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute("ALTER TABLE casework_event DISABLE TRIGGER written_once")
        owner.execute(FIRST_FORM.format(case.pk))
    assert events.verify(case.pk) == []
    with transaction.atomic(), acting(case.pk, None):
        add(case, n=3)
    assert events.verify(case.pk) == []
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute("UPDATE casework_event SET payload = '{}' WHERE seq = 2")
    assert any("entry 2" in problem for problem in events.verify(case.pk))


@pytest.mark.django_db
def test_the_stored_row_holds_no_clear_telephone_number():
    with system("test"):
        person = Person(name="吕某", phone=PHONE, address="江北")
        person.index()
        person.save()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT p::text, encode(phone, 'escape') FROM casework_person p WHERE id = %s",
                [person.pk],
            )
            dump = " ".join(cursor.fetchone())
        assert PHONE not in dump
        assert PHONE.encode().hex() not in dump
        assert Person.objects.get(pk=person.pk).phone == PHONE
        assert Person.objects.get(phone_index=person.phone_index).pk == person.pk


def test_a_payload_holds_only_what_json_can():
    with pytest.raises(events.NotWritable):
        events.plain(object())
