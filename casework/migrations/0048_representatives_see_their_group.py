"""Who was elected reads the list of those they speak for: names and answers, no sum, no number, no address.

The row policies keep each worker's code to its own party. This function answers more to a standing
representative alone, and only the columns it names.
"""

from django.db import migrations

GROUP = """
CREATE FUNCTION wufang_my_group() RETURNS TABLE (ref varchar, name varchar, speaks boolean, answer text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    RETURN QUERY SELECT p.ref, n.name, p.is_representative,
        CASE WHEN p.settlement_consent_on IS NOT NULL THEN 'yes'
             WHEN p.settlement_refused_on IS NOT NULL THEN 'no' ELSE 'open' END
    FROM casework_party me
    JOIN casework_party p ON p.case_id = me.case_id AND p.side = 'WORKER' AND p.left_on IS NULL
    JOIN casework_person n ON n.id = p.person_id
    WHERE wufang_kind() = 'tracking' AND me.id = wufang_number('party')
        AND me.case_id = ANY(wufang_numbers('cases')::bigint[])
        AND me.side = 'WORKER' AND me.is_representative AND me.left_on IS NULL
    ORDER BY p.id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0047_promised_calls")]

    operations = [migrations.RunSQL(GROUP, "DROP FUNCTION wufang_my_group();")]
