"""Commands of `manage.py` about papers: fonts, gallery, register, reports."""
