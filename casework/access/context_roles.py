"""One database role for each kind of context.

PostgreSQL plans every policy of a table that binds the role at work, with the policies of all the
tables these look into. While one role was bound by the policies of persons, engine, codes and
peers alike, planning took four fifths of the database's time (docs/decisions/0008). So a context
takes a role of its own inside its transaction, and a policy named after a kind binds that role
alone. The conditions in the policies stay: the role keeps plans small, the condition decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection

KINDS = ("person", "engine", "system", "tracking", "peer")
OF_PERSONS = ("scope_", "package")  # policies of one scope of a person begin so

GRANTED = """
    SELECT c.relname, c.relkind = 'S', pg_get_userbyid(a.grantee), a.privilege_type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL aclexplode(c.relacl) a
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'S')
    AND pg_get_userbyid(a.grantee) = ANY(%s::name[])
"""
POLICIES = """
    SELECT polname, polrelid::regclass::text,
           ARRAY(SELECT pg_get_userbyid(r)::text FROM unnest(polroles) AS r) FROM pg_policy
"""


def role_of(app: str, kind: str) -> str:
    """The role of a kind of context. The app's own role sees no guarded row: no policy binds it."""
    return f"{app}_{kind}"


def kinds_bound(policy: str) -> tuple[str, ...]:
    """The kinds of context that a policy is for, by its name; all when the name says nothing."""
    if policy in KINDS:
        return (policy,)
    return ("person",) if policy.startswith(OF_PERSONS) else KINDS


def missing(app: str) -> list[str]:
    """The context roles that do not exist, or that the app may not take."""
    wanted = [role_of(app, kind) for kind in KINDS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
            " AND pg_has_role(session_user, oid, 'MEMBER')",
            [wanted],
        )
        held = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in held]


def stray_policies(app: str) -> int:
    """How many policies bind the app's own role: `align` has not run since they were made."""
    with connection.cursor() as cursor:
        cursor.execute(POLICIES)
        return sum(app in bound for _policy, _table, bound in cursor.fetchall())


def align(app: str) -> None:
    """Give the context roles the app's rights, and each policy its role. The owner calls this.

    Safe to repeat; `manage.py migrate` ends with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(GRANTED, [[app, *(role_of(app, kind) for kind in KINDS)]])
        statements = list(_grants(app, cursor.fetchall()))
        cursor.execute(POLICIES)
        statements += _policies(app, cursor.fetchall())
        for statement in statements:
            cursor.execute(statement)


def _grants(app: str, rows: Iterable[tuple[str, bool, str, str]]) -> Iterator[str]:
    held: dict[tuple[str, bool], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for relation, is_sequence, grantee, right in rows:
        held[relation, is_sequence][grantee].add(right)
    for (relation, is_sequence), by_role in held.items():
        what = f"{'SEQUENCE' if is_sequence else 'TABLE'} {quoted(relation)}"
        for role in (role_of(app, kind) for kind in KINDS):
            if missing := by_role[app] - by_role[role]:
                yield f"GRANT {', '.join(sorted(missing))} ON {what} TO {quoted(role)}"
            if surplus := by_role[role] - by_role[app]:
                yield f"REVOKE {', '.join(sorted(surplus))} ON {what} FROM {quoted(role)}"


def _policies(app: str, rows: Iterable[tuple[str, str, list[str]]]) -> Iterator[str]:
    for policy, table, bound in rows:
        wanted = {role_of(app, kind) for kind in kinds_bound(policy)}
        if app in bound and wanted:  # a policy of the app's; another's is not ours to change
            roles = ", ".join(quoted(role) for role in sorted(wanted))
            yield f"ALTER POLICY {quoted(policy)} ON {table} TO {roles}"


def quoted(name: str) -> str:
    """A name as PostgreSQL writes it in a statement."""
    return connection.ops.quote_name(name)
