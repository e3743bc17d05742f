"""Addresses: each takes a request, asks `desks` what to show or runs one command; `mediation/urls` lists them.

Whoever may not see a page is told that it does not exist. The worker's pages begin with `track`, the employer's
with `employer` and `door_more`; `steps` is the one page of every step; `errors` are pages in plain words.
"""
