"""What a member might send: real pictures, clips and sounds, made in the test."""

import struct
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from PIL import Image
from PIL.ExifTags import GPS, Base


def a_photo(width: int = 2000, height: int = 1000) -> bytes:
    """A JPEG that tells where it was taken and with what."""
    exif = Image.Exif()
    exif[Base.Make] = "PhoneMaker"
    exif.get_ifd(Base.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    file = BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(file, "JPEG", exif=exif)
    return file.getvalue()


def a_wav(seconds: float = 0.2) -> bytes:
    samples = (np.sin(np.arange(int(8000 * seconds)) / 5) * 9000).astype("<i2").tobytes()
    form = struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    head = b"WAVEfmt " + form + b"data" + struct.pack("<I", len(samples))
    return b"RIFF" + struct.pack("<I", len(head) + len(samples)) + head + samples


def a_voice_note(path: Path) -> bytes:
    """WebM with sound and no picture, as browsers record it."""
    with av.open(str(path), "w", format="webm") as out:
        stream = out.add_stream("libopus", rate=48_000, layout="mono")
        for start in range(0, 9_600, 960):
            tone = (np.sin(np.arange(start, start + 960) / 20) * 9000).astype(np.int16).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 48_000, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path.read_bytes()
