"""Sounds for the demo's reels, made of noise and sines. Mono float32, −1…1, at RATE."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

RATE = 44_100
Wave = npt.NDArray[np.float32]
Cue = tuple[float, str]
"""When, in seconds, and which of SOUNDS."""


def mixed(seconds: float, cues: Iterable[Cue], bed: str, seed: int) -> Wave:
    """The bed for the whole length with each cue laid over it."""
    rng = np.random.default_rng(seed)
    track = BEDS[bed](int(seconds * RATE), rng)
    for at, name in cues:
        sound = SOUNDS[name](rng)
        start = int(at * RATE)
        if 0 <= start < len(track):
            track[start : start + len(sound)] += sound[: len(track) - start]
    edge = np.minimum(1, np.arange(len(track)) / (0.08 * RATE))
    track *= edge * edge[::-1]
    bounded: Wave = np.clip(track, -0.95, 0.95).astype(np.float32)
    return bounded


def _hiss(count: int, rng: np.random.Generator, width: int) -> Wave:
    """Noise, the duller the wider."""
    raw = rng.standard_normal(count + width).astype(np.float32)
    total = np.cumsum(raw)
    return (total[width:] - total[:-width])[:count] / np.float32(width**0.5)


def _decay(seconds: float, speed: float) -> Wave:
    return np.exp(-np.arange(int(seconds * RATE)) / RATE * speed).astype(np.float32)


def _tone(seconds: float, pitch: float, fall: float = 0.0) -> Wave:
    times = np.arange(int(seconds * RATE)) / RATE
    return np.sin(2 * np.pi * (pitch * times - fall * times**2 / 2)).astype(np.float32)


def _wind(count: int, rng: np.random.Generator) -> Wave:
    slow = 0.6 + 0.4 * np.sin(np.arange(count) / RATE * 1.7)
    return (0.035 * _hiss(count, rng, 24) * slow).astype(np.float32)


def _water(count: int, rng: np.random.Generator) -> Wave:
    lap = 0.5 + 0.5 * np.sin(np.arange(count) / RATE * 2.6) ** 2
    return (0.04 * _hiss(count, rng, 10) * lap).astype(np.float32)


def _hall(count: int, rng: np.random.Generator) -> Wave:
    return (0.02 * _hiss(count, rng, 60)).astype(np.float32)


def _crowd(count: int, rng: np.random.Generator) -> Wave:
    murmur = 0.7 + 0.3 * np.sin(np.arange(count) / RATE * 4.1 + rng.uniform(0, 6))
    return (0.05 * _hiss(count, rng, 40) * murmur).astype(np.float32)


def _kick(rng: np.random.Generator) -> Wave:
    return 0.8 * _tone(0.22, 150, 420) * _decay(0.22, 22) + 0.15 * _hiss(int(0.22 * RATE), rng, 3) * _decay(0.22, 60)


def _step(rng: np.random.Generator) -> Wave:
    return 0.16 * _hiss(int(0.09 * RATE), rng, 12) * _decay(0.09, 55)


def _cheer(rng: np.random.Generator) -> Wave:
    count = int(2.6 * RATE)
    rise = np.minimum(1, np.arange(count) / (0.35 * RATE)).astype(np.float32)
    return 0.22 * _hiss(count, rng, 14) * rise * _decay(2.6, 0.9)[:count]


def _splash(rng: np.random.Generator) -> Wave:
    return 0.22 * _hiss(int(0.4 * RATE), rng, 5) * _decay(0.4, 9)


def _tick(rng: np.random.Generator) -> Wave:
    return 0.2 * _tone(0.03, 2_400) * _decay(0.03, 160) + 0.05 * _hiss(int(0.03 * RATE), rng, 2) * _decay(0.03, 200)


def _clack(rng: np.random.Generator) -> Wave:
    return 0.5 * _tone(0.1, 620, 1_200) * _decay(0.1, 50) + 0.2 * _hiss(int(0.1 * RATE), rng, 2) * _decay(0.1, 90)


def _thud(rng: np.random.Generator) -> Wave:
    return 0.7 * _tone(0.18, 95, 160) * _decay(0.18, 26) + 0.25 * _hiss(int(0.18 * RATE), rng, 4) * _decay(0.18, 70)


def _swish(rng: np.random.Generator) -> Wave:
    count = int(0.3 * RATE)
    return 0.3 * _hiss(count, rng, 2) * np.sin(np.linspace(0, np.pi, count)).astype(np.float32) ** 2


def _chime(rng: np.random.Generator) -> Wave:
    root = rng.choice([523.25, 587.33])
    wave = np.zeros(int(1.6 * RATE), np.float32)
    for step in (1, 1.25, 1.5, 2):
        wave += 0.13 * _tone(1.6, root * step) * _decay(1.6, 2.4)
    return wave


BEDS = {"wind": _wind, "water": _water, "hall": _hall, "crowd": _crowd}
SOUNDS = {
    "kick": _kick,
    "step": _step,
    "cheer": _cheer,
    "splash": _splash,
    "tick": _tick,
    "clack": _clack,
    "thud": _thud,
    "swish": _swish,
    "chime": _chime,
}
