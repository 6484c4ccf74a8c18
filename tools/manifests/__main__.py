"""`python -m tools.manifests [OVERLAY…]`: what is wrong with the overlays; exits with 1 when something is."""

import sys

from tools.manifests.checking import flaws
from tools.manifests.rendering import OVERLAYS, rendered

if __name__ == "__main__":
    found = [f"{overlay}: {flaw}" for overlay in sys.argv[1:] or OVERLAYS for flaw in flaws(rendered(overlay))]
    sys.stdout.writelines(f"{flaw}\n" for flaw in found)
    sys.exit(1 if found else 0)
