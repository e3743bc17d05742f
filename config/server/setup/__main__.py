"""`python3 -m config.server.setup [run|test]`: do what is not done yet, and say what."""

import os
import sys
import time

from config.server import accounts, places
from config.server.setup import shell, steps

OLDEST = (3, 11)


def main(purpose: str) -> int:
    """Walk through the steps; 0 when all is there, 1 with the command that mends it."""
    wanted = steps.to_test() if purpose == "test" else steps.to_run()
    without = set(os.environ.get("WITHOUT", "").replace(",", " ").split())
    try:
        places.make_data()
        for step in wanted:
            if step.name not in without and not step.done():
                perform(step)
    except (shell.Failed, shell.Missing, accounts.NoAccount) as error:
        shell.say(f"\n{error}\n\nSet-up stopped.")
        return 1
    except PermissionError as error:
        shell.say(
            f"\nSet-up may not write {error.filename}.\n"
            "To mend it: name a folder of your own: WUFANG_DATA=FOLDER make run"
        )
        return 1
    except KeyboardInterrupt:
        shell.say("\nStopped. What is done stays done: call it again to go on.")
        return 130
    return 0


def perform(step: steps.Step) -> None:
    """Do one step, its name before, its time after. Raises: shell.Failed, shell.Missing."""
    began = time.monotonic()
    shell.say(f"set-up: {step.title} ...")
    try:
        step.do()
    except shell.Failed as error:
        raise shell.Failed(
            f"{error}\n\nMissing: {step.title}.\nTo mend it: {step.mend}"
        ) from error
    shell.say(f"set-up: {step.title}: done in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit("Python 3.11 or newer is needed.")
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
