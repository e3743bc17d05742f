"""The rollup of the cockpit: fed by what the ledger appends, countable anew, checked against a recount."""
