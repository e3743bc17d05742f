"""What sweeps, rings or runs by the hour is there in the running house, not only where a test imports it."""

import re
import subprocess
import sys

from config.server import places

REGISTERS = re.compile(r"^(?:pump\.every_second\(|@rings\(|@app\.periodic\(|@app\.task)", re.M)
CODE = "import django, sys; django.setup(); print('\\n'.join(sys.modules))"


def test_every_room_that_registers_work_is_loaded_at_start():
    rooms = {
        ".".join(path.relative_to(places.CHECKOUT).with_suffix("").parts)
        for path in (places.CHECKOUT / "mediation").rglob("*.py")
        if REGISTERS.search(path.read_text(encoding="utf-8"))
    }
    started = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=True
    )
    assert len(rooms) > 8
    assert rooms - set(started.stdout.split()) == set()
