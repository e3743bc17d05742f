"""What the database itself guarantees: context functions, the ledger's one door, frozen rows, grants."""

from django.db import migrations

from casework.access.policies import app_role

CONTEXT = """
CREATE FUNCTION wufang_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('wufang.kind', true), '');

CREATE FUNCTION wufang_number(name text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('wufang.' || name, true), '')::bigint;

CREATE FUNCTION wufang_numbers(name text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(
    string_to_array(nullif(current_setting('wufang.' || name, true), ''), ',')::bigint[], '{}');

CREATE FUNCTION wufang_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('wufang.today', true), '')::date;

CREATE FUNCTION wufang_scopes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN wufang_kind() = 'person'
    THEN string_to_array(coalesce(current_setting('wufang.scopes', true), ''), ',')
    ELSE '{}'::text[] END;

CREATE FUNCTION wufang_scope(name text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN name = ANY(wufang_scopes());

CREATE FUNCTION wufang_house() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN wufang_scopes() && ARRAY['all', 'district', 'own', 'assigned', 'recording'];

CREATE FUNCTION wufang_recorded() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path FROM CURRENT
AS $$ SELECT case_id FROM casework_session WHERE recorder_id = wufang_number('user') $$;
"""
CONTEXT_BACK = """
DROP FUNCTION wufang_recorded(); DROP FUNCTION wufang_house(); DROP FUNCTION wufang_scope(text);
DROP FUNCTION wufang_scopes(); DROP FUNCTION wufang_today(); DROP FUNCTION wufang_numbers(text);
DROP FUNCTION wufang_number(text); DROP FUNCTION wufang_kind();
"""

# Two characters are the usual search in Chinese: no extension indexes them, this function does.
# The search runs as the owner (the policy's filter made it 85 times slower) and yields ids only:
# the caller reads the rows under its own policies.
NAMES = """
CREATE FUNCTION bigrams(t text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT coalesce(array_agg(DISTINCT substr(t, i, 2)), '{}')
        FROM generate_series(1, greatest(length(t) - 1, 1)) i);

CREATE INDEX person_by_bigrams ON casework_person USING gin (bigrams(name));
CREATE INDEX employer_by_bigrams ON casework_employer USING gin (bigrams(name));

CREATE FUNCTION people_named(words text, cap integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT id FROM casework_person
    WHERE (length(words) < 2 OR bigrams(name) @> bigrams(words)) AND strpos(name, words) > 0
    ORDER BY id DESC LIMIT cap
$$;

CREATE FUNCTION employers_named(words text, cap integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT id FROM casework_employer
    WHERE (length(words) < 2 OR bigrams(name) @> bigrams(words)) AND strpos(name, words) > 0
    ORDER BY id DESC LIMIT cap
$$;
"""
NAMES_BACK = """
DROP FUNCTION employers_named(text, integer); DROP FUNCTION people_named(text, integer);
DROP INDEX employer_by_bigrams; DROP INDEX person_by_bigrams; DROP FUNCTION bigrams(text);
"""

# The hash runs over the previous hash and the row's canonical text: jsonb prints its keys in one
# order, and instants are written in UTC with microseconds, whatever the session's zone.
LEDGER = """
CREATE FUNCTION event_hash(prev bytea, p_case bigint, p_seq integer, p_kind text,
    p_at timestamptz, p_recorded timestamptz, p_by bigint, p_name text, p_role text,
    p_sealed boolean, p_payload jsonb)
RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(prev || convert_to(jsonb_build_array(p_case, p_seq, p_kind,
    to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    to_char(p_recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    p_by, p_name, p_role, p_sealed, p_payload)::text, 'UTF8'));

CREATE FUNCTION append_event(p_id bigint, p_case bigint, p_kind text, p_at timestamptz,
    p_recorded timestamptz, p_by bigint, p_name text, p_role text, p_sealed boolean,
    p_payload jsonb, OUT new_seq integer, OUT new_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT (wufang_kind() = 'system'
            OR (wufang_kind() = 'engine' AND p_case = ANY(wufang_numbers('cases')))) THEN
        RAISE EXCEPTION 'the context is not acting on case %', p_case
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT chain_seq + 1, chain_head INTO new_seq, new_hash
        FROM casework_case WHERE id = p_case FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no case %', p_case USING ERRCODE = 'foreign_key_violation';
    END IF;
    new_hash := event_hash(new_hash, p_case, new_seq, p_kind, p_at, p_recorded, p_by, p_name,
                           p_role, p_sealed, p_payload);
    INSERT INTO casework_event
        (id, case_id, seq, kind, at, recorded_at, by_id, by_name, by_role, sealed, payload, hash)
        VALUES (p_id, p_case, new_seq, p_kind, p_at, p_recorded, p_by, p_name, p_role, p_sealed,
                p_payload, new_hash);
    UPDATE casework_case SET chain_seq = new_seq, chain_head = new_hash WHERE id = p_case;
END $$;

CREATE FUNCTION chain_problems(p_case bigint) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE e record; prev bytea := ''; expected integer := 1; head record;
BEGIN
    FOR e IN SELECT * FROM casework_event WHERE case_id = p_case ORDER BY seq LOOP
        IF e.seq <> expected THEN
            RETURN NEXT format('entry %s is missing', expected);
            expected := e.seq;
        END IF;
        IF e.hash IS DISTINCT FROM event_hash(prev, e.case_id, e.seq, e.kind, e.at, e.recorded_at,
                e.by_id, e.by_name, e.by_role, e.sealed, e.payload) THEN
            RETURN NEXT format('entry %s does not fit its hash', e.seq);
        END IF;
        prev := e.hash;
        expected := expected + 1;
    END LOOP;
    SELECT chain_seq, chain_head INTO head FROM casework_case WHERE id = p_case;
    IF head.chain_seq IS DISTINCT FROM expected - 1 OR head.chain_head IS DISTINCT FROM prev THEN
        RETURN NEXT format('the case remembers entry %s, the ledger ends with %s',
                           head.chain_seq, expected - 1);
    END IF;
END $$;

CREATE FUNCTION keep_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        IF TG_OP = 'INSERT' THEN
            NEW.chain_seq := 0;
            NEW.chain_head := '';
        ELSE
            NEW.chain_seq := OLD.chain_seq;
            NEW.chain_head := OLD.chain_head;
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_chain BEFORE INSERT OR UPDATE ON casework_case
    FOR EACH ROW EXECUTE FUNCTION keep_chain();
"""
LEDGER_BACK = """
DROP TRIGGER keep_chain ON casework_case; DROP FUNCTION keep_chain();
DROP FUNCTION chain_problems(bigint);
DROP FUNCTION append_event(bigint, bigint, text, timestamptz, timestamptz, bigint, text, text,
    boolean, jsonb);
DROP FUNCTION event_hash(bytea, bigint, integer, text, timestamptz, timestamptz, bigint, text,
    text, boolean, jsonb);
"""

# Rows of which some columns are written once. A change is a new row, or a void with a reason.
FROZEN = {
    "casework_deadline": "case_id, rule, start, start_event, length, unit, raw, due, explanation",
    "casework_payment": "instalment_id, paid_on, amount_yuan, by_enforcement",
    "casework_service": "case_id, party_id, document, served_on",
    "casework_pack": "referral_id, number, purpose, fields, paper_ids, sha256, made_at",
    "casework_signature": "agreement_id, party_id, user_id, capacity, content_sha256, signed_at",
    "casework_callrecord": "case_id, started_at",
    "casework_consent": "case_id, party_id, purpose, agency_id, kinds, given_at",
    "casework_event": "id, case_id, seq, kind, at, recorded_at, by_id, payload, hash, sealed",
}
FREEZE = """
CREATE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'these columns of % are written once', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER written_once BEFORE UPDATE ON casework_agreement FOR EACH ROW
    WHEN (OLD.state IN ('SIGNED', 'IN_FORCE', 'SUPERSEDED')
        AND (OLD.clauses, OLD.duties, OLD.total_yuan, OLD.content_sha256, OLD.version)
        IS DISTINCT FROM
            (NEW.clauses, NEW.duties, NEW.total_yuan, NEW.content_sha256, NEW.version))
    EXECUTE FUNCTION written_once();
CREATE FUNCTION signs_what_is_frozen() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM casework_agreement WHERE id = NEW.agreement_id
                   AND content_sha256 = NEW.content_sha256 AND content_sha256 <> '') THEN
        RAISE EXCEPTION 'a signature stands under the frozen text of its agreement'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signs_what_is_frozen BEFORE INSERT ON casework_signature
    FOR EACH ROW EXECUTE FUNCTION signs_what_is_frozen();
"""
FREEZE_BACK = """
DROP TRIGGER signs_what_is_frozen ON casework_signature; DROP FUNCTION signs_what_is_frozen();
DROP TRIGGER written_once ON casework_agreement; DROP FUNCTION written_once();
"""


def frozen() -> list[migrations.RunSQL]:
    """One trigger per table of FROZEN."""
    made = []
    for table, columns in FROZEN.items():
        names = columns.split(", ")
        old, new = (", ".join(f"{side}.{name}" for name in names) for side in ("OLD", "NEW"))
        made.append(migrations.RunSQL(
            f"CREATE TRIGGER written_once BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION written_once();",
            f"DROP TRIGGER written_once ON {table};",
        ))
    return made


def granted() -> list[migrations.RunSQL]:
    """The app may use what the owner makes, now and later; it never writes the ledger itself."""
    app = app_role()
    rights = "SELECT, INSERT, UPDATE, DELETE"
    return [
        migrations.RunSQL(
            f"""
            GRANT USAGE ON SCHEMA public TO {app};
            GRANT {rights} ON ALL TABLES IN SCHEMA public TO {app};
            GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON TABLES TO {app};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
            REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {app};
            """,
            f"""
            ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE {rights} ON TABLES FROM {app};
            ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM {app};
            """,
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_the_file")]

    operations = [
        migrations.RunSQL(CONTEXT, CONTEXT_BACK),
        migrations.RunSQL(NAMES, NAMES_BACK),
        migrations.RunSQL(LEDGER, LEDGER_BACK),
        migrations.RunSQL(FREEZE, FREEZE_BACK),
        *frozen(),
        *granted(),
    ]
