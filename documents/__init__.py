"""THE PAPER: facts read from the file (`gather`) are frozen (`facts`), printed, numbered and signed.

- issuing: `catalogue` (one row a paper), `issue`, `numbering`, `editions`, `preview`, `reprinting`, `copying`
- printing: `templates`, `compose`, `rendering`, `fonts`, `fontcut`, `guard`, `said`, `pictures`, `outlines`
- proving: `signing`, `stamping`, `proof`, `verify`, `register`
- volumes and terms: `dossier`, `leaves`, `binding`, `packing`, `erasing`, `emptying`, `letting_go`
- from outside: `uploads`, `virus`, `storage`; written by people: `wording`, `sandbox`
"""
