"""``python -m mirrorcoach`` is the command ``mirrorcoach``."""

from mirrorcoach.cli import run

run()
