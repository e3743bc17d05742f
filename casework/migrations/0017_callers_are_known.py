"""A caller is found by telephone, its last four digits, name or initials, whoever took the earlier call."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# It runs as the owner: a caller's earlier calls were taken by other seats. It answers what a seat needs
# to know the caller again (matrix: call and core are read, identity is masked by the caller of this).
KNOWN = """
CREATE FUNCTION callers_known(p_phone bytea, p_tail bytea, p_name text, p_initials text, cap integer)
RETURNS TABLE (person_id bigint, name text, phone bytea, worker_kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT p.id, p.name, p.phone, p.worker_kind FROM casework_person p
    WHERE (SELECT wufang_house()) AND (
        (length(p_phone) > 0 AND p.phone_index = p_phone)
        OR (length(p_tail) > 0 AND p.phone_tail_index = p_tail)
        OR (p_name <> '' AND (length(p_name) < 2 OR bigrams(p.name) @> bigrams(p_name)) AND strpos(p.name, p_name) > 0)
        OR (p_initials <> '' AND p.initials @> ARRAY[p_initials]::varchar[]))
    ORDER BY p.id DESC LIMIT cap
$$;

CREATE FUNCTION cases_of_callers(p_people bigint[], cap integer)
RETURNS TABLE (person_id bigint, case_id bigint, number text, opened_at timestamptz, status text,
               cause text, employers text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT w.id, k.* FROM unnest(p_people) AS w(id), LATERAL (
        SELECT c.id, coalesce(nullif(c.number, ''), c.ticket_no), c.opened_at, c.status, c.main_cause,
            (SELECT string_agg(e.name, '、' ORDER BY y.ref) FROM casework_party y
             JOIN casework_employer e ON e.id = y.employer_id WHERE y.case_id = c.id)
        FROM casework_case c
        WHERE (SELECT wufang_house()) AND (
            c.id IN (SELECT r.case_id FROM casework_callrecord r WHERE r.caller_id = w.id)
            OR c.id IN (SELECT y.case_id FROM casework_party y WHERE y.person_id = w.id))
        ORDER BY c.opened_at DESC LIMIT cap) AS k
$$;
"""
BACK = "DROP FUNCTION cases_of_callers(bigint[], integer); DROP FUNCTION callers_known(bytea, bytea, text, text, integer);"


def initials(apps, _editor):
    """Once for the people who are there; later the model does it."""
    from casework.initials import initials_of

    people = apps.get_model("casework", "Person")
    for person in people.objects.exclude(name="").only("id", "name").iterator():
        people.objects.filter(pk=person.pk).update(initials=initials_of(person.name))


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_hazards")]

    operations = [
        migrations.AddField(
            "person", "initials",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=8), default=list, blank=True, size=None),
        ),
        migrations.RunPython(initials, migrations.RunPython.noop),
        migrations.AddIndex(
            "person", django.contrib.postgres.indexes.GinIndex(fields=["initials"], name="person_by_initials")
        ),
        migrations.RunSQL(KNOWN, BACK),
    ]
