"""Which rows exist for whom: the database's own answer, as the app role."""

import threading

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from casework.access import context_roles, roles
from casework.access.context import NoTransaction, acting, as_person, current, nobody, system
from casework.models import Case, Event, Note, Party
from tests.process.conftest import people  # noqa: F401
from tests.process.journey import called

pytestmark = pytest.mark.django_db
OPEN = {  # looked up before any context: no case data in them, or nothing but hashes
    "casework_trackingcode", "documents_mark",
}  # fmt: skip


def with_case():
    models = apps.get_models()
    return [m._meta.db_table for m in models if any(f.name == "case" for f in m._meta.fields)]


def test_every_table_with_a_case_has_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        guarded = {row[0] for row in cursor.fetchall()}
    assert set(with_case()) - guarded - OPEN == set()


def test_the_app_role_owns_nothing_and_bypasses_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_every_policy_binds_the_role_of_its_kind_and_no_other():
    app = settings.DATABASE_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute(context_roles.POLICIES)
        for policy, table, bound in cursor.fetchall():
            kinds = context_roles.kinds_bound(policy)
            wanted = {context_roles.role_of(app, kind) for kind in kinds}
            assert set(bound) == wanted, (policy, table)
    assert context_roles.stray_policies(app) == 0
    assert context_roles.missing(app) == []


@pytest.mark.parametrize("kind", context_roles.KINDS)
def test_a_context_role_has_the_apps_rights_and_none_of_its_own(kind):
    role = context_roles.role_of(settings.DATABASE_APP_ROLE, kind)
    rights = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, w FROM pg_class c, unnest(%s::text[]) AS w"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'p')"
            " AND has_table_privilege(%s, c.oid, w) <> has_table_privilege(session_user, c.oid, w)",
            [rights, role],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = %s",
            [role],
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute("SELECT pg_has_role(session_user, %s, 'USAGE')", [role])
        assert cursor.fetchone() == (False,), "the app must take the role, not inherit it"


def test_outside_a_context_the_app_sees_no_guarded_row(people):  # noqa: F811
    called(people)
    with connection.cursor() as cursor:
        for setting in ("kind", "scopes", "cases"):  # words alone open nothing without the role
            cursor.execute("SELECT set_config(%s, 'system', false)", [f"wufang.{setting}"])
        assert not Case.objects.exists()
        assert not Party.objects.exists()
        for setting in ("kind", "scopes", "cases"):
            cursor.execute("SELECT set_config(%s, '', false)", [f"wufang.{setting}"])


def test_without_context_there_are_no_rows(people):  # noqa: F811
    called(people)
    with transaction.atomic(), nobody():
        assert Case.objects.count() == Party.objects.count() == Event.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("qinxiaoyue", True), ("dengchuan", True), ("weijia", True), ("yuanjing", True),
        ("zhongping", False), ("heminzhi", False), ("luoqiming", False), ("taoyan", False),
        ("admin", False),
    ],
)  # fmt: skip
def test_who_sees_a_fresh_case_of_the_district(people, who, sees):  # noqa: F811
    done = called(people)
    with transaction.atomic(), as_person(people[who]):
        assert Case.objects.filter(pk=done.case.pk).exists() is sees
        assert Party.objects.filter(case_id=done.case.pk).exists() is sees


def test_a_person_who_left_sees_nothing(people):  # noqa: F811
    done = called(people)
    people["dengchuan"].is_active = False
    with transaction.atomic(), as_person(people["dengchuan"]):
        assert not Case.objects.filter(pk=done.case.pk).exists()


def test_a_note_is_its_authors_alone(people):  # noqa: F811
    done = called(people)
    with transaction.atomic(), acting(done.case.pk, people["heminzhi"]):
        Note.objects.create(
            case=done.case, author=people["heminzhi"], text="底线两万", at=done.case.opened_at
        )
    with transaction.atomic(), acting(done.case.pk, people["dengchuan"]):
        assert Note.objects.count() == 0
    with transaction.atomic(), system("test"):
        assert Note.objects.count() == 0


def test_contexts_nest_and_come_back(people):  # noqa: F811
    done = called(people)
    with transaction.atomic(), as_person(people["dengchuan"]):
        with acting(done.case.pk, None):
            assert current() == "engine"
        assert current() == "person"


@pytest.mark.django_db(transaction=True)
def test_contexts_of_two_threads_never_mix(people):  # noqa: F811
    """One is inside a context while the other comes: an inner context ends in the own one, not in the other's."""
    inside, came, found = threading.Event(), threading.Event(), {}

    def first():
        with transaction.atomic(), as_person(people["dengchuan"]):
            inside.set()
            came.wait(10)
            with nobody():
                pass
            found["first"] = setting("user")
        connection.close()

    def second():
        inside.wait(10)
        with transaction.atomic():
            with as_person(people["zhongping"]):
                came.set()
                both[0].join(20)
            found["second"] = setting("user")
        connection.close()

    both = [threading.Thread(target=each) for each in (first, second)]
    for each in both:
        each.start()
    both[1].join(20)
    assert found == {"first": str(people["dengchuan"].pk), "second": ""}


def setting(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('wufang.' || %s, true)", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_context_needs_a_transaction():
    with pytest.raises(NoTransaction), system("test"):
        pass


def test_every_permission_of_a_flow_is_in_the_matrix():
    from mediation.engine.registry import all_flows

    asked = {
        node._owner_permission
        for each in all_flows().values()
        for node in each.instance.nodes()
        if getattr(node, "form", None)
    }
    assert asked - roles.all_permissions() == set()


def test_nobody_holds_two_of_the_three_separate_offices():
    assert not roles.may_hold(["admin", "auditor"])
    assert roles.may_hold(["case_manager", "dispatcher"])


def test_roles_of_the_code_are_roles_of_the_matrix():
    assert {str(role) for role in roles.Role} == set(roles.matrix()["roles"])
