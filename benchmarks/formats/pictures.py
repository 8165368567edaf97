"""Scans and photos of reports: pages drawn as pictures, with noise, a slight turn, a red seal, uneven light."""

from __future__ import annotations

import io
from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.formats.writing import as_typeset

SEAL = (200, 30, 30)


def pages_of(content: bytes, dpi: int) -> Iterator[Any]:
    """The pages of a PDF as PIL pictures."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as opened:
        for page in opened:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")


def worn(picture: Any, rng: Random, *, photo: bool = False) -> Any:
    """The picture as a scanner gives it, turned by up to a degree, with grain and a seal; or as a phone does."""
    import numpy as np
    from PIL import Image, ImageFilter

    picture = _sealed(picture, rng)
    picture = picture.rotate(rng.uniform(-0.8, 0.8) * (2 if photo else 1), fillcolor="white", resample=Image.BICUBIC)
    if photo:
        picture = _seen_askew(picture, rng).filter(ImageFilter.GaussianBlur(0.7))
    pixels = np.asarray(picture, dtype=np.float32)
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 9 if photo else 6, pixels.shape[:2])
    pixels = pixels + noise[:, :, None]
    if photo:
        rows, columns = pixels.shape[:2]
        light = (
            np.linspace(rng.uniform(0.6, 0.8), 1, columns)[None, :]
            * np.linspace(1, rng.uniform(0.75, 0.9), rows)[:, None]
        )
        pixels = pixels * light[:, :, None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _sealed(picture: Any, rng: Random) -> Any:
    """A red seal at the lower right, over the text, half transparent."""
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", picture.size)
    drawn = ImageDraw.Draw(layer)
    size = picture.width // 5
    left = int(picture.width * rng.uniform(0.55, 0.7))
    top = int(picture.height * rng.uniform(0.6, 0.75))
    drawn.ellipse((left, top, left + size, top + size), outline=(*SEAL, 150), width=max(3, size // 30))
    drawn.regular_polygon((left + size // 2, top + size // 2, size // 6), 5, fill=(*SEAL, 130))
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def _seen_askew(picture: Any, rng: Random) -> Any:
    from PIL import Image

    width, height = picture.size
    inset = [rng.uniform(0, 0.025) * width for _ in range(4)]
    corners = (
        -inset[0],
        -inset[1],
        -inset[1],
        height + inset[2],
        width + inset[2],
        height + inset[3],
        width + inset[3],
        0,
    )
    return picture.transform(picture.size, Image.QUAD, corners, fillcolor="white", resample=Image.BICUBIC)


def as_scan(text: str, rng: Random, dpi: int, *, photo: bool = False) -> bytes:
    """The first page of a report as one picture: PNG for a scan, JPEG for a photo."""
    picture = worn(next(pages_of(as_typeset(text, rng), dpi)), rng, photo=photo)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG" if photo else "PNG", quality=85)
    return buffer.getvalue()


def as_scanned_pdf(text: str, rng: Random, dpi: int, *, photo: bool = False) -> bytes:
    """A report as a PDF of nothing but pictures."""
    pictures = [worn(page, rng, photo=photo) for page in pages_of(as_typeset(text, rng), dpi)]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=85)
    return buffer.getvalue()
