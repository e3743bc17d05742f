"""The chain covers digests of payloads: the words of a destroyed file go, and its ledger still verifies."""

from django.db import migrations, models

# New entries: the payload's place in the canonical text is taken by its salted digest. Entries without a digest are
# older and keep the first form. The salt goes with the words: a digest without it cannot be guessed.
DIGESTS = """
CREATE OR REPLACE FUNCTION append_event(p_id bigint, p_case bigint, p_kind text, p_at timestamptz,
    p_recorded timestamptz, p_by bigint, p_name text, p_role text, p_sealed boolean,
    p_payload jsonb, OUT new_seq integer, OUT new_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    new_salt bytea := uuid_send(gen_random_uuid());
    new_digest bytea := sha256(new_salt || convert_to(p_payload::text, 'UTF8'));
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
                           p_role, p_sealed, to_jsonb(encode(new_digest, 'hex')));
    INSERT INTO casework_event
        (id, case_id, seq, kind, at, recorded_at, by_id, by_name, by_role, sealed, payload, hash, salt, digest)
        VALUES (p_id, p_case, new_seq, p_kind, p_at, p_recorded, p_by, p_name, p_role, p_sealed,
                p_payload, new_hash, new_salt, new_digest);
    UPDATE casework_case SET chain_seq = new_seq, chain_head = new_hash WHERE id = p_case;
END $$;

CREATE OR REPLACE FUNCTION chain_problems(p_case bigint) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE e record; prev bytea := ''; expected integer := 1; head record; gone boolean;
BEGIN
    SELECT chain_seq, chain_head, destroyed_on IS NOT NULL AS gone INTO head
        FROM casework_case WHERE id = p_case;
    gone := coalesce(head.gone, false);
    FOR e IN SELECT * FROM casework_event WHERE case_id = p_case ORDER BY seq LOOP
        IF e.seq <> expected THEN
            RETURN NEXT format('entry %s is missing', expected);
            expected := e.seq;
        END IF;
        IF e.hash IS DISTINCT FROM event_hash(prev, e.case_id, e.seq, e.kind, e.at, e.recorded_at,
                e.by_id, e.by_name, e.by_role, e.sealed,
                CASE WHEN e.digest IS NULL THEN e.payload ELSE to_jsonb(encode(e.digest, 'hex')) END) THEN
            RETURN NEXT format('entry %s does not fit its hash', e.seq);
        ELSIF e.digest IS NOT NULL AND e.salt IS NULL AND NOT (gone AND e.payload = '{}') THEN
            RETURN NEXT format('entry %s lost its words while the file stands', e.seq);
        ELSIF e.digest IS NOT NULL AND e.salt IS NOT NULL
                AND e.digest <> sha256(e.salt || convert_to(e.payload::text, 'UTF8')) THEN
            RETURN NEXT format('the words of entry %s do not fit their digest', e.seq);
        END IF;
        prev := e.hash;
        expected := expected + 1;
    END LOOP;
    IF head.chain_seq IS DISTINCT FROM expected - 1 OR head.chain_head IS DISTINCT FROM prev THEN
        RETURN NEXT format('the case remembers entry %s, the ledger ends with %s',
                           head.chain_seq, expected - 1);
    END IF;
END $$;

CREATE FUNCTION empty_ledger(p_case bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE emptied integer;
BEGIN
    IF wufang_kind() <> 'system' THEN
        RAISE EXCEPTION 'only the system empties a ledger' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE casework_event SET payload = '{}', salt = NULL
        WHERE case_id = p_case AND digest IS NOT NULL AND kind <> 'file.destroyed';
    GET DIAGNOSTICS emptied = ROW_COUNT;
    RETURN emptied;
END $$;

CREATE FUNCTION ledger_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF of_destroyed(to_jsonb(OLD)) AND OLD.digest IS NOT NULL AND NEW.salt IS NULL AND NEW.payload = '{}'
        AND (to_jsonb(OLD) - 'payload' - 'salt') = (to_jsonb(NEW) - 'payload' - 'salt') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'these columns of % are written once', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER written_once ON casework_event;
CREATE TRIGGER written_once BEFORE UPDATE ON casework_event FOR EACH ROW EXECUTE FUNCTION ledger_written_once();
"""


class Migration(migrations.Migration):
    """Not reversible: entries with a digest do not fit the first form."""

    dependencies = [("casework", "0056_words_of_no_penalty")]

    operations = [
        migrations.AddField("event", "salt", models.BinaryField(editable=False, max_length=16, null=True)),
        migrations.AddField("event", "digest", models.BinaryField(editable=False, max_length=32, null=True)),
        migrations.RunSQL(DIGESTS),
    ]
