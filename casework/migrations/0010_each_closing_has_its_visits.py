"""A visit belongs to one closing: a case opened again is visited again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_drafts_are_sealed")]

    operations = [
        migrations.AddField(
            "visit", "closing",
            models.PositiveSmallIntegerField(
                default=0, help_text="how often the case had been reopened by then",
                verbose_name="closing",
            ),
        ),
    ]
