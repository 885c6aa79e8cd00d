"""Practises again and again until it is killed, and says what was kept; for ``test_killed.py``.

Started with a folder and a seed. For each line that comes in, a process of its own practises into
the store of that folder and is killed at a random moment: some repetitions and then some
milliseconds after its start, so that a busy computer comes as far as an idle one. What it had said
is passed on as one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time

import exercises.scoring  # noqa: F401  (once, and not in each process)
from mirrorcoach.records.keeping import Keeping
from mirrorcoach.records.practices import Outline, Trace
from mirrorcoach.records.store import Store

SESSION = 6
"""Repetitions of a practice."""

MOST, LONGEST_S = 2 * SESSION, 0.05
"""Killed after at most so many repetitions, and so many seconds more."""


def repetition(index: int) -> dict[str, object]:
    """A repetition of about the size of a real one."""
    return {"index": index, "start_s": 10.0 * index, "end_s": 10.0 * index + 9.0, "x": "y" * 1200}


def outline(index: int) -> Outline:
    """The contour as it is after a repetition."""
    return Outline("vowels", {"oval": ((0.0, float(index)),)})


def practise(folder: str, said: int) -> None:
    """Practise without end; each number that was said is on the disk."""
    course = tuple(0.01 * one for one in range(140))
    with Store.open(folder) as store:
        while True:
            keeping = Keeping(store, "first_steps", {"mirrorcoach": "0"})
            for index in range(SESSION):
                keeping.keep(repetition(index), Trace(0.0, 12.5, "mm", course, course))
                keeping.outline(outline(index))
                assert keeping.unsaved is None
                os.write(said, f"{keeping.number} {index}\n".encode())
                keeping.answer("vowels", "neck", None)
            keeping.end("done", 60.0, {"usable_ratio": 1.0}, None)
            keeping.felt("light")
            store.keep_profile(store.profile().changed(name=f"after {keeping.number}"))


def killed(folder: str, after: int, and_s: float) -> list[str]:
    """Let it practise for a while; what it said until it was killed."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        try:
            practise(folder, writes)
        finally:
            os._exit(1)  # never reached, unless it failed
    os.close(writes)
    with os.fdopen(reads) as said:
        lines = [said.readline() for _ in range(after)]
        time.sleep(and_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        lines += said.readlines()
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, "it failed by itself"
    return lines


if __name__ == "__main__":
    moments = random.Random(int(sys.argv[2]))
    for _ in sys.stdin:
        after, and_s = moments.randrange(MOST), moments.uniform(0.0, LONGEST_S)
        print(json.dumps(killed(sys.argv[1], after, and_s)), flush=True)
