"""The exception tree is the one its docstring draws."""

from __future__ import annotations

import re

from mirrorcoach import errors


def test_the_drawing_names_every_error_with_its_code():
    assert errors.__doc__ is not None
    drawn = {name: int(code) for name, code in re.findall(r"(\w+Error)\s+(\d)\s", errors.__doc__)}
    defined = {
        name: one.exit_code
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, Exception)
    }
    assert drawn == defined


def test_every_error_is_one_of_ours():
    for one in vars(errors).values():
        if isinstance(one, type) and issubclass(one, Exception):
            assert issubclass(one, errors.MirrorcoachError)
            assert one.__doc__
