import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.catalogue.schemas import Place
from recommender.retrieval.nearby import FAR, distance_km, hours_until


def great_circle(a: Place, b: Place) -> float:
    """Haversine, on a sphere of 6371 km."""
    dlat, dlon = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    h = (
        math.sin(dlat / 2) ** 2
        + math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(dlon / 2) ** 2
    )
    return 2 * 6371 * math.asin(math.sqrt(h))


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_distances_in_a_town_agree_with_the_great_circle(lat: float, lon: float, north: float, east: float) -> None:
    here, there = Place(lat, lon), Place(lat + north, lon + east)

    km = distance_km(here, np.float32([there.lat]), np.float32([there.lon]))[0]

    assert km == pytest.approx(great_circle(here, there), rel=0.01, abs=0.05)


def test_what_has_no_place_is_far_and_never_not_a_number() -> None:
    km = distance_km(Place(50, 8), np.float32([np.nan, 50]), np.float32([np.nan, 8]))

    assert list(km) == [FAR, 0]


def test_a_member_without_a_place_is_far_from_everything() -> None:
    assert list(distance_km(None, np.float32([50]), np.float32([8]))) == [FAR]


def test_the_other_side_of_the_world_is_just_far() -> None:
    assert distance_km(Place(50, 8), np.float32([-40]), np.float32([170]))[0] == FAR


def test_hours_count_down_to_zero_and_stay_there() -> None:
    hours = hours_until(np.array([7200.0, 3600.0, 0.0, np.inf]), 3600.0)

    assert list(hours) == [1.0, 0.0, 0.0, np.inf]
