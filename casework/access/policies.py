"""Row-level security as migration operations: the same small set of policies for every table.

Five kinds of context (casework.access.context): a person reads what their scopes reach; the engine
works on its cases; the system on all; a tracking code reads its own; nobody reads nothing.
"""

from django.conf import settings
from django.db.migrations.operations import RunSQL

ENGINE = "(SELECT wufang_kind()) = 'engine'"
SYSTEM = "(SELECT wufang_kind()) = 'system'"
PERSON = "(SELECT wufang_kind()) = 'person'"
TRACKING = "(SELECT wufang_kind()) = 'tracking'"
PACKAGE = "(SELECT wufang_scope('package'))"
HOUSE = "(SELECT wufang_house())"
USER = "(SELECT wufang_number('user'))"
PARTY = "(SELECT wufang_number('party'))"
OFFICE = "(SELECT wufang_number('office'))"
CASES = "ANY((SELECT wufang_numbers('cases'))::bigint[])"

# What a table may add for a tracking code or a liaison; {t} is the table itself.
OF_THE_CASE = f"{{t}}.case_id = {CASES}"
OF_THE_PARTY = f"{OF_THE_CASE} AND {{t}}.party_id = {PARTY}"
OF_PARTY_OR_ALL = f"{OF_THE_CASE} AND coalesce({{t}}.party_id, {PARTY}) = {PARTY}"
OF_MY_OFFICE = f"{{t}}.office_id = {OFFICE}"
OF_MY_REFERRAL = "EXISTS (SELECT 1 FROM casework_referral r WHERE r.id = {t}.referral_id)"
IN_MY_PACK = "EXISTS (SELECT 1 FROM casework_pack k WHERE {t}.id = ANY(k.paper_ids))"


def app_role() -> str:
    """The app's database role, quoted."""
    name = settings.DATABASE_APP_ROLE.replace('"', '""')
    return f'"{name}"'


def policy(table: str, name: str, using: str, *, to: str = "SELECT") -> str:
    """One permissive policy. `to`: SELECT or ALL (which also checks what is written)."""
    return f"CREATE POLICY {name} ON {table} FOR {to} TO {app_role()} USING ({using});"


def closed(table: str) -> str:
    """Turn row-level security on, and take DELETE and TRUNCATE from the app."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"REVOKE DELETE, TRUNCATE ON {table} FROM {app_role()};"
    )


def opened(table: str) -> str:
    """The reverse of `closed`, policies included."""
    drop = (
        f"DO $$ DECLARE p name; BEGIN FOR p IN SELECT polname FROM pg_policy "
        f"WHERE polrelid = '{table}'::regclass LOOP "
        f"EXECUTE format('DROP POLICY %I ON {table}', p); END LOOP; END $$;"
    )
    return f"{drop} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def protect(
    table: str,
    by: str = "case_id",
    *,
    parent: str = "casework_case",
    tracking: str = "",
    package: str = "",
) -> RunSQL:
    """Policies for a table with case data, as one migration operation.

    `by` is the key to `parent`: a person who sees the parent row sees this one. `tracking` and
    `package` add what the holder of a code, or a liaison, may read (SQL; {t} is the table).
    """
    return RunSQL(_policies(table, by, parent, tracking, package), opened(table))


def _policies(table: str, by: str, parent: str, tracking: str, package: str) -> str:
    through = f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {table}.{by})"
    mine = f"{table}.{by} = {CASES}" if parent == "casework_case" else through
    made = [
        closed(table),
        policy(table, "person", f"{HOUSE} AND {through}"),
        policy(table, "engine", f"{ENGINE} AND {mine}", to="ALL"),
        policy(table, "system", SYSTEM, to="ALL"),
    ]
    if tracking:
        made.append(policy(table, "tracking", f"{TRACKING} AND {tracking.format(t=table)}"))
    if package:
        made.append(policy(table, "package", f"{PACKAGE} AND {package.format(t=table)}"))
    return "\n".join(made)


def protect_case() -> RunSQL:
    """The case row itself: one policy per scope of the matrix."""
    table = "casework_case"
    low, high = "(SELECT wufang_number('low'))", "(SELECT wufang_number('high'))"
    scopes = {
        "all": f"(district_id IS NULL OR district_id BETWEEN {low} AND {high})",
        "district": "district_id = ANY((SELECT wufang_numbers('districts'))::bigint[])",
        "own": f"intake_by_id = {USER}",
        "assigned": f"(mediator_id = {USER} OR manager_id = {USER})",
        "recording": "id IN (SELECT wufang_recorded())",
    }
    made = [closed(table)]
    made += [
        policy(table, f"scope_{name}", f"(SELECT wufang_scope('{name}')) AND {using}")
        for name, using in scopes.items()
    ]
    made += [
        policy(table, "engine", f"{ENGINE} AND id = {CASES}", to="ALL"),
        policy(table, "system", SYSTEM, to="ALL"),
        policy(table, "tracking", f"{TRACKING} AND id = {CASES}"),
    ]
    return RunSQL("\n".join(made), opened(table))


def protect_rows(table: str, policies: dict[str, tuple[str, str]]) -> RunSQL:
    """A table with policies of its own: name -> (SELECT or ALL, condition)."""
    made = [closed(table)]
    made += [policy(table, name, using, to=to) for name, (to, using) in policies.items()]
    return RunSQL("\n".join(made), opened(table))


def process_and_task() -> list[RunSQL]:
    """Policies of the workflow's two tables, for mediation's own migration."""
    return [
        protect("mediation_task", tracking=OF_THE_CASE, package=OF_MY_OFFICE),
        protect("mediation_process", tracking=OF_THE_CASE, package=OF_MY_REFERRAL),
    ]
