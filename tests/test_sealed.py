"""A sealed file tells whether it is as it was written."""

import pytest

from visamap.store.tables import sealed, unsealed

VALUE = {"days": 30, "name": "Қазақстан", "list": [None, True]}


def test_what_was_sealed_is_read_back_under_its_name_only():
    content = sealed(VALUE, "a/index")
    assert unsealed(content, "a/index") == VALUE
    with pytest.raises(ValueError, match="b/index"):
        unsealed(content, "b/index")


def test_no_bit_turns_unseen():
    content = sealed(VALUE, "x")
    for at in range(len(content)):
        for bit in range(8):
            turned = content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]
            with pytest.raises(ValueError, match="x"):
                unsealed(turned, "x")


def test_nothing_of_it_may_be_missing():
    content = sealed(VALUE, "x")
    for length in range(len(content)):
        with pytest.raises(ValueError, match="x"):
            unsealed(content[:length], "x")
