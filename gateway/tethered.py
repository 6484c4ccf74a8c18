"""Run a command that ends when its parent does: `python tethered.py PARENT_PID SIGNAL command…`.

Linux sends the signal even when the parent was killed hard. Elsewhere the command runs untethered. A script
of its own, because between fork and exec in a threaded process no Python may run safely.
"""

import ctypes
import os
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1


def tether(sign: int, parent: int) -> bool:
    """Ask the kernel for `sign` at `parent`'s death; False where it cannot be asked or the parent is dead."""
    if sys.platform != "linux":
        return False
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0) != 0:
        return False
    return os.getppid() == parent  # it may have died before the kernel was asked


def main(words: Sequence[str]) -> None:
    parent, sign, command = int(words[0]), int(words[1]), list(words[2:])
    if not tether(sign, parent) and sys.platform == "linux":
        sys.exit(f"The hub ended before {command[0]} could start.")
    os.execvp(command[0], command)  # noqa: S606  no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
