"""Near and soon."""

import numpy as np

from recommender.catalogue.schemas import Doubles, Floats, Place

KM_PER_DEGREE = 111.195
FAR = 100.0  # km; beyond it, and where no place is known, distance says nothing more


def distance_km(place: Place | None, lat: Floats, lon: Floats) -> Floats:
    """(n,) kilometres, at most FAR; equirectangular, within 0.5 % of the great circle below 100 km and 60° north."""
    if place is None:
        return np.full(len(lat), FAR, np.float32)
    north = (lat - np.float32(place.lat)) * np.float32(KM_PER_DEGREE)
    east = (lon - np.float32(place.lon)) * np.float32(KM_PER_DEGREE * np.cos(np.radians(place.lat)))
    km = np.sqrt(north * north + east * east)
    return np.asarray(np.fmin(km, np.float32(FAR)), np.float32)


def hours_until(starts_at: Doubles, now: float) -> Floats:
    """(n,) hours from now to the start, never negative; +inf for what has no start."""
    return np.maximum((starts_at - now) / 3600.0, 0.0).astype(np.float32)
