"""The checksum of Kafka's record batches, CRC-32C, in C.

The client's own, in Python, takes 150 µs for a kilobyte, in every group's thread, while nothing else can run.
"""

from google_crc32c import value
from kafka.record import default_records


def checksum(batch: memoryview) -> int:
    return int(value(bytes(batch)))


default_records.calc_crc32c = checksum
