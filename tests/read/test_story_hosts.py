"""Who summons a state's envoy is never taken for that state's minister."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Document


@pytest.mark.parametrize("verb", ["summoned", "expelled"])
def test_a_host_is_not_of_the_state_whose_envoy_it_deals_with(read_text: Callable[..., Document], verb: str) -> None:
    """A minister of an unnamed state who summons or expels Chile's ambassador is not Chile's, though only Chile is named."""
    text = f"Chile's miners struck. Foreign Minister Rosa Arce called it a shame and {verb} Chile's ambassador, Luis Tello."
    actors = read_text(text, "2018-10-30").actors or ()
    assert [actor.country for actor in actors if actor.name == "Rosa Arce"] == [None]
    assert [actor.country for actor in actors if actor.name == "Luis Tello"] == ["CHL"]
