"""What pages show, read and put into words; `views` of the same name give it an address. Nothing here writes.

- first screens and lists: `home`, `menu`, `context`, `worklist`, `lists`, `registers`, `words`
- the case page: `case_page` with `case_people`, `case_money`, `case_events`, `case_work`; `journey`
- beside a case: `deadlines`, `clock_rows`, `limitation`, `calculators`, `sum_checks`, `evidence`, `corrections`, `members`
- the call: `call`, `call_sum`, `call_backs`, `groups`, `triage_tables`
- agencies: `liaison`, `referrals`, `exchange`, `enclosed`, `answers`
- supervision: `cockpit`, `figures`, `behind`, `clocks`, `steps`, `performance`, `ladder`, `orders`, `instruments`, `responsibility`, `report`, `xes`
- outside the house: `worker` with `worker_data`, `worker_money`, `worker_more`, `told`, `told_words`; `employer`
- the house itself: `house`, `rules_desk`, `bench`, `sessions`, `archive`, `deletion`, `drafts`, `workbook`
"""
