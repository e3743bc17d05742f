"""What pages and commands ask of the file; nothing here writes.

- one case: `of_case`, `at_once` (many small tables in one statement), `timeline`, `status`, `sum_checks`
- time: `calendar`, `deadlines`, `late`, `ladder`, `spent`, `limitation`, `limitation_facts`, `slots`
- the law in effect: `rulebook`, `rulebook_tables`, `law`, `page_memory`, `cause_words`
- who: `people`, `callers`, `drafts`, `candidates`, `conflicts`, `members`, `my_group`, `groups`, `duplicates`
- between agencies: `routing`, `referrals`, `referral_statistics`, `disclosure`, `consultations`, `liaison_meetings`
"""
