"""A pack lists its papers, is hashed whole, counter-signed and closed; a referral obeys the protocol."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from casework.access.policies import OF_MY_REFERRAL, PACKAGE, app_role

OLD = "referral_id, number, purpose, fields, paper_ids, sha256, made_at"
NEW = f"{OLD}, papers, ledger_head, expires_on"
RECEIPT = "receipt, receipt_head, receipt_at, receipt_by_id"


def frozen(columns: str) -> str:
    """The trigger that keeps what a pack promises, and its receipt once it is there."""
    names = columns.split(", ")
    old, new = (", ".join(f"{side}.{name}" for name in names) for side in ("OLD", "NEW"))
    return (
        "DROP TRIGGER IF EXISTS written_once ON casework_pack;"
        "CREATE TRIGGER written_once BEFORE UPDATE ON casework_pack FOR EACH ROW "
        f"WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION written_once();"
    )


def receipt() -> str:
    """A receipt is given once, and a closed pack stays closed."""
    names = RECEIPT.split(", ")
    old, new = (", ".join(f"{side}.{name}" for name in names) for side in ("OLD", "NEW"))
    return (
        "CREATE TRIGGER receipt_once BEFORE UPDATE ON casework_pack FOR EACH ROW "
        f"WHEN ((OLD.receipt <> '' AND ({old}) IS DISTINCT FROM ({new})) "
        "OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at)) "
        "EXECUTE FUNCTION written_once();"
    )


def live(condition: str) -> str:
    """A liaison reads a pack that is open."""
    return (
        "DROP POLICY IF EXISTS package ON casework_pack;"
        f"CREATE POLICY package ON casework_pack FOR SELECT TO {app_role()} USING "
        f"({PACKAGE} AND {OF_MY_REFERRAL.format(t='casework_pack')}"
        f" AND casework_pack.expires_on >= wufang_today(){condition});"
    )


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_facts_of_limitation")]

    operations = [
        migrations.AddField("pack", "papers", models.JSONField(default=list)),
        migrations.AddField(
            "pack", "receipt_head", models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField("pack", "receipt_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "pack", "receipt_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT,
                              related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField("pack", "closed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "pack", "closed_why", models.CharField(blank=True, max_length=24, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "referral", "returns",
            models.PositiveSmallIntegerField(default=0, verbose_name="times returned for material"),
        ),
        migrations.AddField(
            "referral", "named",
            models.BooleanField(default=False, verbose_name="named by the joint meeting"),
        ),
        migrations.AddField(
            "referral", "shown",
            models.JSONField(blank=True, default=dict, verbose_name="what was shown for this matter"),
        ),
        migrations.AlterField(
            "referral", "state",
            models.CharField(default="SENT", max_length=16, choices=[
                ("FINDING_OFFICE", "looking for an office"),
                ("ASKING_CONSENT", "asking for consent"),
                ("SENT", "sent"),
                ("SIGNED", "signed for"),
                ("ACCEPTED", "accepted"),
                ("RETURNED", "returned for material"),
                ("DECLINED", "declined"),
                ("REDIRECTED", "redirected"),
                ("MEETING", "before the joint meeting"),
                ("RESULT", "result given"),
                ("WITHDRAWN", "withdrawn"),
                ("LAPSED", "lapsed"),
            ]),
        ),
        migrations.AlterField(
            "inbound", "state",
            models.CharField(default="SENT", max_length=16, choices=[
                ("FINDING_OFFICE", "looking for an office"),
                ("ASKING_CONSENT", "asking for consent"),
                ("SENT", "sent"),
                ("SIGNED", "signed for"),
                ("ACCEPTED", "accepted"),
                ("RETURNED", "returned for material"),
                ("DECLINED", "declined"),
                ("REDIRECTED", "redirected"),
                ("MEETING", "before the joint meeting"),
                ("RESULT", "result given"),
                ("WITHDRAWN", "withdrawn"),
                ("LAPSED", "lapsed"),
            ]),
        ),
        migrations.RunSQL(
            "UPDATE casework_referral SET returns = 1 WHERE cardinality(missing) > 0;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(frozen(NEW), frozen(OLD)),
        migrations.RunSQL(receipt(), "DROP TRIGGER receipt_once ON casework_pack;"),
        migrations.RunSQL(live(" AND casework_pack.closed_at IS NULL"), live("")),
    ]
