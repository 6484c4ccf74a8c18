import gzip
import os
from pathlib import Path

import pytest

from recommender.evaluation.baselines import past_groups_soonest, play, popular
from recommender.evaluation.meetup import City, corpus_of
from recommender.evaluation.metrics import quality

HEADER = (
    "city,member,memberLat,memberLon,eventId,event_ts,eventYesRSVPCount,groupId,venueId,venueLat,venueLon,"
    "rsvp_ts,rsvpResponse,rsvpRating"
)
ROWS = """
sfo,1,37.7,-122.4,other,1478138400,9,5,7,37.78,-122.38,1460000000,yes,1
chicago,2,41.8,-87.6,second,1488848400,99,149463,82823,41.87,-87.62,1460000200,no,0
chicago,1,41.9,-87.7,first,1478138400,7,149463,82823,41.87,-87.62,1460000100,yes,1
chicago,3,41.9,-87.7,first,1478138400,7,149463,82823,41.87,-87.62,1460000300,waitlist,1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "rsvps.csv.gz", "wt", encoding="utf-8") as file:
        file.write(HEADER + ROWS.rstrip() + "\n")
    return tmp_path


def test_a_city_is_read_in_the_order_of_answering(folder: Path) -> None:
    corpus = corpus_of(folder, "chicago")

    assert [(one.member, one.item_id, one.weight) for one in corpus.interactions] == [
        ("1", "first", 1.0), ("2", "second", 0.0), ("3", "first", 0.7),
    ]  # fmt: skip
    assert corpus.watermark == 1460000300


def test_an_event_tells_its_club_its_start_and_its_place_but_not_how_many_will_come(folder: Path) -> None:
    first = corpus_of(folder, "chicago").items[0]

    assert first.id == "first"
    assert first.club_id == "149463"
    assert first.starts_at is not None
    assert first.starts_at.timestamp() == 1478138400
    assert first.place is not None
    assert "7" not in (first.title, first.text, *first.tags)


REFERENCE = {"chicago": ((0.056, 0.026), (0.242, 0.168)), "sfo": ((0.056, 0.026), (0.223, 0.155))}


@pytest.mark.data
@pytest.mark.parametrize("city", ["chicago", "sfo"])
def test_the_harness_reproduces_the_published_reference_points(city: City) -> None:
    folder = Path(os.environ.get("CLUBHUB_DATA", "../shared/data")) / "recsys" / "meetup-rsvp"
    if not (folder / "rsvps.csv.gz").exists():
        pytest.skip(f"no Meetup data under {folder}; set CLUBHUB_DATA")
    corpus = corpus_of(folder, city)

    for rank, (hit, ndcg) in zip((popular, past_groups_soonest), REFERENCE[city], strict=True):
        found = quality(*play(corpus, 0.8, rank))
        assert found.hit == pytest.approx(hit, abs=0.004)
        assert found.ndcg == pytest.approx(ndcg, abs=0.004)
