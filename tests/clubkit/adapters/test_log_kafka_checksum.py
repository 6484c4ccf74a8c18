"""Batches of records sealed by our checksum are those the client would have sealed, and what is broken is seen."""

import random

import pytest
from kafka.record import default_records
from kafka.record._crc32c import crc as by_the_client

from clubkit.adapters import log_kafka_checksum


def _batch(value: bytes) -> bytearray:
    builder = default_records.DefaultRecordBatchBuilder(
        magic=2, compression_type=0, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=-1,
        batch_size=1 << 20,
    )  # fmt: skip
    builder.append(0, timestamp=1, key=b"riverside", value=value, headers=[("type", b"said")])
    return bytearray(builder.build())


@pytest.mark.parametrize("size", [0, 1, 1000])
def test_it_is_the_clients_own_sum(size: int) -> None:
    some = random.Random(size).randbytes(size)
    assert log_kafka_checksum.checksum(memoryview(some)) == by_the_client(some)


def test_the_client_seals_and_proves_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_records.calc_crc32c is log_kafka_checksum.checksum
    batch = _batch(b"Kick-off is at seven.")
    assert default_records.DefaultRecordBatch(bytes(batch)).crc == by_the_client(batch[21:])
    assert default_records.DefaultRecordBatch(bytes(batch)).validate_crc()
    batch[-3] ^= 1
    assert not default_records.DefaultRecordBatch(bytes(batch)).validate_crc()
    monkeypatch.setattr(default_records, "calc_crc32c", lambda _: 7)
    assert default_records.DefaultRecordBatch(bytes(_batch(b""))).crc == 7, "the client asks elsewhere by now"
