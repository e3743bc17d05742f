"""An industry that is recorded moves the counts of every case of that employer; all cases are counted anew once."""

from django.db import migrations

FEED = """
CREATE FUNCTION touch_cases_of_employer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO casework_touched (case_id)
        SELECT DISTINCT case_id FROM casework_party WHERE employer_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER touch_cases_of_employer AFTER UPDATE OF industry ON casework_employer
    FOR EACH ROW WHEN (OLD.industry IS DISTINCT FROM NEW.industry) EXECUTE FUNCTION touch_cases_of_employer();
INSERT INTO casework_touched (case_id) SELECT id FROM casework_case;
"""
BACK = """
DROP TRIGGER touch_cases_of_employer ON casework_employer;
DROP FUNCTION touch_cases_of_employer();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0053_times_to_choose"),
    ]

    operations = [migrations.RunSQL(FEED, BACK)]
