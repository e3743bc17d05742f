"""Steps and their fields. A stage's form bears the name of its flow; a step is page, validator and API schema at once.

Beside the stages stand pages' own forms (`rules`, `house`, `papers`, `calculators`, `limitation`), and parts that
several steps share: `fields`, `listed` (tables above a form), `photos`, `report`, `clauses`, `..._words` (words of
codes), `..._shown` (what a step's page shows beside its fields).
"""
