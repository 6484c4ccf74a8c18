import numpy as np
import pytest

from clubkit.ids import ClubId
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import ItemId, Place, UnknownItem
from tests.recommender.models import NOW, blank_model
from tests.recommender.worlds import HOME, event


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue("event", blank_model())


def test_an_item_is_found_in_the_arrays_under_its_row(catalogue: Catalogue) -> None:
    row = catalogue.put(event("derby", "c1", starts_in_hours=2, place=Place(50.0, 8.0)))

    assert catalogue.row(ItemId("derby")) == row
    assert catalogue.starts_at[row] == NOW + 7200
    spot = catalogue.spot[row]
    assert (catalogue.spot_lat[spot], catalogue.spot_lon[spot]) == (50.0, 8.0)
    assert catalogue.club_ids[catalogue.club[row]] == "c1"
    assert catalogue.alive[row]


def test_a_changed_item_keeps_its_row_and_tells_the_new_facts(catalogue: Catalogue) -> None:
    first = catalogue.put(event("derby", "c1", starts_in_hours=2))
    catalogue.put(event("cup", "c1"))

    again = catalogue.put(event("derby", "c2", starts_in_hours=5, public=False))

    assert again == first
    assert catalogue.size == 2
    assert catalogue.starts_at[first] == NOW + 5 * 3600
    assert catalogue.club_ids[catalogue.club[first]] == "c2"
    assert not catalogue.public[first]


def test_a_removed_item_is_dead_and_comes_back_when_put_again(catalogue: Catalogue) -> None:
    row = catalogue.put(event("derby"))
    catalogue.remove(ItemId("derby"))
    assert not catalogue.alive[row]

    catalogue.put(event("derby"))
    assert catalogue.alive[row]


def test_asking_for_an_item_that_never_was_names_it(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownItem, match="ghost"):
        catalogue.row(ItemId("ghost"))
    with pytest.raises(UnknownItem):
        catalogue.remove(ItemId("ghost"))
    assert catalogue.find(ItemId("ghost")) is None


def test_a_thousand_items_keep_what_was_written_before_the_arrays_grew(catalogue: Catalogue) -> None:
    rows = [catalogue.put(event(f"e{n}", f"c{n % 7}", starts_in_hours=n + 1)) for n in range(1000)]

    assert rows == list(range(1000))
    assert catalogue.clubs == 7
    np.testing.assert_array_equal(catalogue.starts_at, NOW + 3600.0 * np.arange(1, 1001))
    assert len(catalogue.theme) == len(catalogue.factors) == 1000


def test_an_item_without_start_or_place_never_begins_and_lies_nowhere(catalogue: Catalogue) -> None:
    item = event("reel", place=None)
    row = catalogue.put(type(item)("reel", item.id, item.club_id))

    assert catalogue.starts_at[row] == np.inf
    assert np.isnan(catalogue.spot_lat[catalogue.spot[row]])
    assert np.isnan(catalogue.created_at[row])


def test_items_of_one_place_share_a_spot_and_a_moved_one_gets_another(catalogue: Catalogue) -> None:
    first, second = catalogue.put(event("x")), catalogue.put(event("y"))
    assert catalogue.spot[first] == catalogue.spot[second]

    catalogue.put(event("y", place=Place(50, 8)))

    assert (catalogue.spot_lat[catalogue.spot[second]], catalogue.spot_lon[catalogue.spot[second]]) == (50, 8)
    assert catalogue.spot_lat[catalogue.spot[first]] == np.float32(HOME.lat)


def test_a_club_is_known_from_first_sight_on(catalogue: Catalogue) -> None:
    first = catalogue.club_row(ClubId("c1"))

    assert catalogue.club_row(ClubId("c2")) != first
    assert catalogue.club_row(ClubId("c1")) == first
    assert catalogue.clubs == 2
