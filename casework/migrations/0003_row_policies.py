"""Which rows exist for whom: the policies of every table with case data."""

from django.db import migrations

from casework.access.policies import (
    ENGINE, HOUSE, OF_MY_OFFICE, OF_MY_REFERRAL, OF_PARTY_OR_ALL, OF_THE_CASE, OF_THE_PARTY,
    PARTY, PERSON, SYSTEM, TRACKING, CASES, USER, app_role, protect, protect_case, protect_rows,
)

THROUGH_CASE = "EXISTS (SELECT 1 FROM casework_case p WHERE p.id = case_id)"
IN_A_CASE = (
    "(EXISTS (SELECT 1 FROM casework_party p WHERE p.person_id = casework_person.id)"
    " OR EXISTS (SELECT 1 FROM casework_party p WHERE p.contact_id = casework_person.id)"
    " OR EXISTS (SELECT 1 FROM casework_callrecord r WHERE r.caller_id = casework_person.id))"
)
MINE_OR_EMPLOYER = f"{OF_THE_CASE} AND ({{t}}.id = {PARTY} OR {{t}}.side = 'EMPLOYER')"
MY_OWN_WORDS = (
    f"{OF_THE_CASE} AND EXISTS (SELECT 1 FROM casework_party p"
    f" WHERE p.id = {PARTY} AND p.person_id = {{t}}.caller_id)"
)
LIVE_PACK = f"{OF_MY_REFERRAL} AND {{t}}.expires_on >= wufang_today()"


def through(parent: str, key: str) -> str:
    """Reads what belongs to a parent row that it may read."""
    return f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {{t}}.{key})"


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_guards")]

    operations = [
        protect_case(),
        protect("casework_callrecord", tracking=MY_OWN_WORDS),
        protect("casework_party", tracking=MINE_OR_EMPLOYER),
        protect("casework_claim", tracking=OF_PARTY_OR_ALL),
        protect("casework_consent", tracking=OF_THE_PARTY),
        protect("casework_deadline", tracking=OF_THE_CASE, package=OF_MY_REFERRAL),
        protect("casework_timer"),
        protect("casework_referral", tracking=OF_THE_CASE,
                package=f"{OF_MY_OFFICE} AND {{t}}.sent_at IS NOT NULL"),
        protect("casework_pack", "referral_id", parent="casework_referral", package=LIVE_PACK),
        protect("casework_session", tracking=OF_THE_CASE),
        protect("casework_service", tracking=OF_THE_PARTY),
        protect("casework_contact"),
        protect("casework_visit"),
        protect("casework_proceeding", tracking=OF_THE_CASE),
        protect("casework_message", tracking=OF_THE_PARTY),
        protect("casework_agreement", tracking=OF_THE_CASE),
        protect("casework_signature", "agreement_id", parent="casework_agreement",
                tracking=through("casework_agreement", "agreement_id")),
        protect("casework_instalment", "agreement_id", parent="casework_agreement",
                tracking=through("casework_agreement", "agreement_id")),
        protect("casework_payment", "instalment_id", parent="casework_instalment",
                tracking=through("casework_instalment", "instalment_id")),
        protect("casework_share", "instalment_id", parent="casework_instalment",
                tracking=f"{{t}}.party_id = {PARTY}"),
        # Notes are their author's alone: neither the engine for somebody else nor the system reads them.
        protect_rows("casework_note", {
            "author": ("SELECT", f"author_id = {USER} AND {THROUGH_CASE}"),
            "engine": ("ALL", f"{ENGINE} AND case_id = {CASES} AND author_id = {USER}"),
        }),
        protect_rows("casework_draft", {
            "author": ("ALL", f"({PERSON} OR {ENGINE}) AND author_id = {USER}"),
            "system": ("ALL", SYSTEM),
        }),
        # People and employers stand in many cases: whoever sees one of these sees them.
        protect_rows("casework_person", {
            "person": ("SELECT", f"{HOUSE} AND {IN_A_CASE}"),
            "engine": ("ALL", ENGINE),
            "system": ("ALL", SYSTEM),
            "tracking": ("SELECT", f"{TRACKING} AND EXISTS (SELECT 1 FROM casework_party p"
                         f" WHERE p.person_id = casework_person.id AND p.id = {PARTY})"),
        }),
        protect_rows("casework_employer", {
            "person": ("SELECT", HOUSE),
            "engine": ("ALL", ENGINE),
            "system": ("ALL", SYSTEM),
            "tracking": ("SELECT", f"{TRACKING} AND EXISTS (SELECT 1 FROM casework_party p"
                         " WHERE p.employer_id = casework_employer.id)"),
        }),
        # The ledger is read; it is written by append_event alone. Sealed entries only by who made them.
        protect_rows("casework_event", {
            "person": ("SELECT", f"{HOUSE} AND (NOT sealed OR by_id = {USER}) AND {THROUGH_CASE}"),
            "audit": ("SELECT", "(SELECT wufang_scope('audit')) AND NOT sealed"),
            "engine": ("SELECT", f"{ENGINE} AND case_id = {CASES}"),
            "system": ("SELECT", SYSTEM),
            "tracking": ("SELECT", f"{TRACKING} AND NOT sealed AND case_id = {CASES}"),
        }),
        migrations.RunSQL(
            f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON casework_event FROM {app_role()};"
            f"REVOKE UPDATE ON casework_signature FROM {app_role()};"
            f"GRANT DELETE ON casework_draft TO {app_role()};"
            f"REVOKE DELETE, TRUNCATE ON casework_user, casework_trackingcode, casework_agency,"
            f" casework_office, casework_series, casework_apitoken FROM {app_role()};",
            migrations.RunSQL.noop,
        ),
    ]
