"""The share of mutants that the tests of the law kill: run by `make mutate` after mutmut.

Timeouts count as killed. Exits 1 under 90 per cent.
"""

import json
import subprocess
import sys
from pathlib import Path

GOAL = 90
STATS = Path("mutants/mutmut-cicd-stats.json")


def main():
    """Print the figures and the survivors."""
    tool = [sys.executable, "-m", "mutmut"]
    subprocess.run([*tool, "export-cicd-stats"], check=True, capture_output=True)
    found = json.loads(STATS.read_text(encoding="utf-8"))
    killed = found["killed"] + found.get("timeout", 0)
    share = 100 * killed / found["total"]
    print(f"{killed} of {found['total']} mutants killed: {share:.1f} %")
    print(subprocess.run([*tool, "results"], check=True, capture_output=True, text=True).stdout)
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
