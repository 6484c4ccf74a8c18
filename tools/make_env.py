"""`python3 -m tools.make_env`: .env from .env.example, a fresh secret for every <made>. One that is there stays.

Needs nothing but Python, for it runs where only Docker is.
"""

import base64
import os
import re
import sys
import uuid
from pathlib import Path
from secrets import token_hex

EXAMPLE = Path(__file__).parent.parent / ".env.example"


def filled(example: str) -> str:
    return re.sub(r"^(\w+)=<made>$", lambda line: f"{line[1]}={_secret(line[1])}", example, flags=re.MULTILINE)


def _secret(name: str) -> str:
    if name == "KAFKA_CLUSTER_ID":  # 16 bytes in Kafka's spelling, which begins with no dash
        return base64.urlsafe_b64encode(uuid.UUID(hex="1" + token_hex(16)[1:]).bytes).decode().rstrip("=")
    return token_hex(32)


def main(target: Path) -> int:
    try:
        made = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        sys.stderr.write(f"{target} is there already and stays as it is.\n")
        return 0
    with os.fdopen(made, "w") as file:
        file.write(filled(EXAMPLE.read_text()))
    sys.stdout.write(f"Wrote {target}: look through it, then `docker compose up -d`.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(EXAMPLE.parent / ".env"))
