"""SIGKILL at a hundred random moments: what was said to be kept is kept, and nothing twice."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from killed import SESSION, outline, repetition

from mirrorcoach.records.store import Store

TIMES = 100


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_was_kept_survives_a_hundred_kills(tmp_path):
    program = [sys.executable, str(Path(__file__).with_name("killed.py")), str(tmp_path), "1"]
    said = []
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as practising:
        for _ in range(TIMES):
            practising.stdin.write("go\n")
            practising.stdin.flush()
            said += json.loads(practising.stdout.readline())
            with Store.open(tmp_path) as store:  # opens and can be read after every one
                found = {one.number: one for one in store.practices()[-3:]}
                for line in said[-2 * SESSION :]:
                    number, index = map(int, line.split())
                    if number in found:
                        assert found[number].repetitions[index] == repetition(index)
        practising.stdin.close()
        assert practising.wait(60) == 0
    kept = Counter(int(line.split()[0]) for line in said)
    assert len(kept) > TIMES / 4, "few were killed before they had kept anything"
    with Store.open(tmp_path) as store:
        practices = store.practices()
        assert len(store.people()) == 1
        for one in practices:
            count = len(one.repetitions)
            assert one.repetitions == tuple(repetition(index) for index in range(count))
            assert count - kept[one.number] in (0, 1), "one may be kept and not yet said"
            if kept[one.number]:  # that of the last repetition that was said, or of one more
                (found,) = store.outlines(one.number)
                assert found in (outline(kept[one.number] - 1), outline(count - 1))
            assert sum(trace is not None for trace in store.traces(one.number)) == count
            assert (one.ending == "done") <= (count == SESSION)
        assert kept.keys() <= {one.number for one in practices}
        assert any(0 < len(one.repetitions) < SESSION for one in practices), "some were cut off"
