"""THE PROCESS: what happens next, who does it, by when.

A stage has the same name in `flows` (who, what next), `forms` (the step: page, validator, schema) and
`commands` (what an answer means). `views` are addresses, `desks` what pages show, `engine` what viewflow lacks.
"""
