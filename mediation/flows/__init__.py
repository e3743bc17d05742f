"""The journey, one stage a file: who does what, what comes next, by when. `manage.py draw_journey` draws it.

From call to archive: `intake`, `dispatch`, `joining`, `acceptance`, `consent`, `routing`, `referral`, `mediation`,
`recusal`, `hearing`, `agreement`, `followup`, `closing`. Beside it: `evidence`, `correction`, `collective`,
`application`, `consultation`, `meeting`, `neighbour`, `inbound`, `paper_reply`, `renewal`, `aftercare`, `own_data`.
Of the union itself: `supervision`, `oversight`, `hazard`, `hardship`, `subsidy`, `bargaining`, `notice`, `clue`, `new_form`.
"""
