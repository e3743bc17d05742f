"""Who knows a person is asked by a function: planned once a session, not in every statement.

Written out in the policy, the question drew the policies of parties, call records and cases into
the plan of each statement that reads a person (docs/decisions/0008).
"""

from django.db import migrations

from casework.access.policies import HOUSE

KNOWN = (
    "EXISTS (SELECT 1 FROM casework_party p WHERE p.person_id = {0})"
    " OR EXISTS (SELECT 1 FROM casework_party p WHERE p.contact_id = {0})"
    " OR EXISTS (SELECT 1 FROM casework_callrecord r WHERE r.caller_id = {0})"
)
FUNCTIONS = f"""
CREATE FUNCTION wufang_knows_person(bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN {KNOWN.format("$1")}; END $$;
CREATE FUNCTION wufang_sees_referral(bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN EXISTS (SELECT 1 FROM casework_referral r WHERE r.id = $1); END $$;
CREATE FUNCTION wufang_pack_holds(bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN EXISTS (SELECT 1 FROM casework_pack k WHERE $1 = ANY(k.paper_ids)); END $$;
"""


def known(condition: str) -> str:
    """The policy of persons on persons."""
    return f"ALTER POLICY person ON casework_person USING ({HOUSE} AND ({condition}));"


class Migration(migrations.Migration):
    dependencies = [("casework", "0036_evidence_is_listed")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION wufang_knows_person(bigint); DROP FUNCTION wufang_pack_holds(bigint);"
            "DROP FUNCTION wufang_sees_referral(bigint);",
        ),
        migrations.RunSQL(
            known("wufang_knows_person(id)"), known(KNOWN.format("casework_person.id"))
        ),
    ]
