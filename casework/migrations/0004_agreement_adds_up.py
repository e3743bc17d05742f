"""Who keeps the record, who pays; and sums of an agreement that add up to the fen, always."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Checked at COMMIT, so that a plan can be written row by row. The functions run as the owner: at
# COMMIT no row-level context is left, and a check that sees no rows would refuse everything.
ADDS_UP = """
CREATE FUNCTION agreement_adds_up() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE checked bigint; wanted numeric; planned numeric;
BEGIN
    checked := CASE TG_TABLE_NAME WHEN 'casework_agreement' THEN NEW.id
        ELSE (to_jsonb(NEW) ->> 'agreement_id')::bigint END;
    SELECT total_yuan INTO wanted FROM casework_agreement WHERE id = checked;
    SELECT coalesce(sum(amount_yuan), 0) INTO planned
        FROM casework_instalment WHERE agreement_id = checked;
    IF planned <> wanted THEN
        RAISE EXCEPTION 'the instalments add up to %, the agreement to %', planned, wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'instalments_add_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER instalments_add_up AFTER INSERT OR UPDATE ON casework_agreement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreement_adds_up();
CREATE CONSTRAINT TRIGGER instalments_add_up AFTER INSERT OR UPDATE ON casework_instalment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION agreement_adds_up();

CREATE FUNCTION shares_add_up() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE checked bigint; wanted numeric; shared numeric;
BEGIN
    checked := CASE TG_TABLE_NAME WHEN 'casework_instalment' THEN NEW.id
        ELSE (to_jsonb(NEW) ->> 'instalment_id')::bigint END;
    SELECT amount_yuan INTO wanted FROM casework_instalment WHERE id = checked;
    SELECT coalesce(sum(amount_yuan), 0) INTO shared
        FROM casework_share WHERE instalment_id = checked;
    IF shared <> wanted THEN
        RAISE EXCEPTION 'the shares add up to %, the instalment to %', shared, wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_add_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT OR UPDATE ON casework_instalment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shares_add_up();
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT OR UPDATE ON casework_share
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shares_add_up();

CREATE FUNCTION plan_is_frozen() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM casework_agreement
               WHERE id = NEW.agreement_id AND state <> 'DRAFT') THEN
        RAISE EXCEPTION 'the plan of a frozen agreement is not changed: write a new version'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_is_frozen_new BEFORE INSERT ON casework_instalment
    FOR EACH ROW EXECUTE FUNCTION plan_is_frozen();
CREATE TRIGGER plan_is_frozen BEFORE UPDATE ON casework_instalment FOR EACH ROW
    WHEN ((OLD.agreement_id, OLD.number, OLD.due_on, OLD.amount_yuan)
        IS DISTINCT FROM (NEW.agreement_id, NEW.number, NEW.due_on, NEW.amount_yuan))
    EXECUTE FUNCTION plan_is_frozen();
CREATE TRIGGER share_is_frozen BEFORE UPDATE ON casework_share FOR EACH ROW
    WHEN ((OLD.instalment_id, OLD.party_id, OLD.amount_yuan)
        IS DISTINCT FROM (NEW.instalment_id, NEW.party_id, NEW.amount_yuan))
    EXECUTE FUNCTION written_once();
"""
ADDS_UP_BACK = """
DROP TRIGGER share_is_frozen ON casework_share;
DROP TRIGGER plan_is_frozen ON casework_instalment;
DROP TRIGGER plan_is_frozen_new ON casework_instalment;
DROP FUNCTION plan_is_frozen();
DROP TRIGGER shares_add_up ON casework_share; DROP TRIGGER shares_add_up ON casework_instalment;
DROP FUNCTION shares_add_up();
DROP TRIGGER instalments_add_up ON casework_instalment;
DROP TRIGGER instalments_add_up ON casework_agreement;
DROP FUNCTION agreement_adds_up();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_row_policies")]

    operations = [
        migrations.AddField(
            "case", "recorder",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT,
                              related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            "agreement", "payer",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT,
                              related_name="+", to="casework.party"),
        ),
        migrations.RunSQL(ADDS_UP, ADDS_UP_BACK),
    ]
