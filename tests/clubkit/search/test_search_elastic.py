"""What the Elasticsearch adapter does before it talks to a server."""

import orjson
import pytest

from clubkit.adapters.search_elastic import host_and_prefix
from clubkit.adapters.search_elastic_layout import id_of, lines
from clubkit.search.keeping import key_of
from tests.contracts.search_documents import a_person


@pytest.mark.parametrize(
    ("url", "host", "prefix"),
    [
        ("http://search:9200/club", "http://search:9200", "club"),
        ("http://search", "http://search:9200", "hub"),
        ("https://user:secret@search.example/", "https://user:secret@search.example:443", "hub"),
        ("https://[::1]/Club", "https://[::1]:443", "club"),
    ],
)
def test_the_url_names_the_server_and_the_prefix_of_indexes(url, host, prefix):
    assert host_and_prefix(url) == (host, prefix)


def test_a_key_is_its_own_id_unless_the_server_would_refuse_it():
    assert id_of(key_of("post", "p1")) == "post\x1fp1"
    strange = [key_of("post", "x" * 900), key_of("post", "x" * 901), key_of("post", "\ud800")]
    assert len({id_of(key) for key in strange}) == 3
    assert all(len(id_of(key)) < 100 and id_of(key).isascii() for key in strange)


def test_a_deletion_leaves_nothing_but_its_version():
    header, body = (orjson.loads(line) for line in lines((key_of("post", "p1"), 7)))
    assert header["index"] == {"_id": "post\x1fp1", "version": 7, "version_type": "external"}
    assert body == {"key": "post\x1fp1", "version": 7}


def test_what_is_kept_beside_the_words_is_the_text_as_written():
    body = orjson.loads(lines(a_person("Łódź O'Brien"))[1])
    assert body["title"] == "lodz o brien obrien"
    assert body["source"]["title"] == "Łódź O'Brien"
