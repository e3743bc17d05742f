"""Who sees a process or a task; and what a start-up check may ask without a case's context."""

from django.db import migrations

from casework.access.policies import app_role, process_and_task

OPEN_TASKS = """
CREATE FUNCTION open_flow_tasks() RETURNS TABLE (flow_task text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT DISTINCT flow_task::text FROM mediation_task WHERE finished IS NULL
$$;
"""
PREVIOUS = (
    "ALTER TABLE mediation_task_previous ENABLE ROW LEVEL SECURITY;"
    "CREATE POLICY through_task ON mediation_task_previous FOR ALL TO {app} USING"
    " (EXISTS (SELECT 1 FROM mediation_task t WHERE t.id = from_task_id));"
)
PREVIOUS_BACK = (
    "DROP POLICY through_task ON mediation_task_previous;"
    "ALTER TABLE mediation_task_previous DISABLE ROW LEVEL SECURITY;"
)


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_the_process"), ("casework", "0003_row_policies")]

    operations = [
        *process_and_task(),
        migrations.RunSQL(OPEN_TASKS, "DROP FUNCTION open_flow_tasks();"),
        migrations.RunSQL(PREVIOUS.format(app=app_role()), PREVIOUS_BACK),
    ]
