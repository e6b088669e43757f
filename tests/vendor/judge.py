"""The vendor's SDK judges us: what it sends is what we send, and it can talk to our mock."""

import sys

import calls
import pairs


class Tally:
    """Counts checks, and shows the first ones that fail."""

    SHOWN = 10

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, what, problems):
        """One check, with what is wrong about it: nothing if it passes."""
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= self.SHOWN:
            print(f"FAILED {what}", *problems, sep="\n  ")


if __name__ == "__main__":
    tally = Tally()
    pairs.judge(tally)
    calls.judge(tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed or not tally.passed else 0)
