"""The law: time limits, calendars, sums and decision tables of labour disputes, as pure Python.

Nothing here reads a clock, a database or a setting: dates and values come in, explained answers
go out. The numbers of the law are data in `values/`, each with its source and its mark.
"""
