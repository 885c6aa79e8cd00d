"""Whom a person means."""

import pytest

from mirrorcoach.errors import UsageError
from mirrorcoach.profile import Profile
from mirrorcoach.records.people import named, person_named
from mirrorcoach.records.practices import Person


def people(*names):
    return [Person(number, Profile(name=name)) for number, name in enumerate(names, 1)]


FAMILY = people("Ada", "Ben", "ben", "", "2")


@pytest.mark.parametrize(
    ("who", "number"), [("ada", 1), (" ADA ", 1), ("1", 1), ("2", 2), ("5", 5)]
)
def test_somebody_is_found_by_name_or_number(who, number):
    assert person_named(FAMILY, who).number == number


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (None, "More than one person practises there"),
        ("Ben", "More than one person is called 'Ben'"),
        ("Cleo", "Nobody is called 'Cleo'"),
        ("7", "Nobody is called '7'"),
    ],
)
def test_who_is_unclear_is_asked_with_a_list(who, said):
    with pytest.raises(UsageError, match=said) as error:
        person_named(FAMILY, who)
    assert "1 Ada, 2 Ben, 3 ben, 4 (no name), 5 2" in str(error.value)
    assert "--who" in str(error.value)


def test_the_only_one_need_not_be_named():
    assert person_named(people("Ada"), None).number == 1
    assert person_named([], None) is None
    with pytest.raises(UsageError, match=r"nobody practises there yet\. Leave --who out"):
        person_named([], "Ada")


def test_a_name_that_is_too_long_is_refused():
    assert named(Profile(affected="left"), " Zoé ") == Profile(name="Zoé", affected="left")
    with pytest.raises(UsageError, match="41 letters"):
        named(Profile(), "x" * 41)


def test_a_name_that_could_steer_a_terminal_is_refused():
    for name in ("نیک\u200cنام", "Zoé 👩\u200d🔬"):
        assert named(Profile(), name).name == name
    for name in ("Ada\nBen", "\x1b[31mAda", "Ada\x07", "Ada\u202eneB"):
        with pytest.raises(UsageError, match="cannot be shown"):
            named(Profile(), name)
