"""The seal across the pages (骑缝章): each page bears its slice at the right edge, as an artifact.

The slices of all pages laid side by side give the whole seal; a page taken out or put in shows.
"""

import io

MM = 72 / 25.4
SEAL_PT, TOP_PT, MOST_PAGES = 42 * MM, 118 * MM, 12


def groups(pages: int) -> list[int]:
    """How many slices each seal has: one seal for up to a dozen pages, evenly shared beyond that."""
    count = -(-pages // MOST_PAGES)
    return [pages // count + (at < pages % count) for at in range(count)]


def stamp(pdf: bytes, seal: bytes) -> bytes:
    """A paper of two or more pages with the seal (a one-page PDF) across its right edge."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as paper, pikepdf.open(io.BytesIO(seal)) as source:
        whole = paper.copy_foreign(source.pages[0].as_form_xobject())
        slices = [(at, size) for size in groups(len(paper.pages)) for at in range(size)]
        for page, (at, size) in zip(paper.pages, slices, strict=True):
            page.add_resource(whole, pikepdf.Name.XObject, pikepdf.Name.WufangAcross)
            page.contents_add(b"q", prepend=True)
            page.contents_add(_slice(page, at, size))
        out = io.BytesIO()
        paper.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return out.getvalue()


def _slice(page: object, at: int, size: int) -> bytes:
    right, top = (float(side) for side in page.mediabox[2:])  # type: ignore[attr-defined]
    width = SEAL_PT / size
    left, low = right - width, top - TOP_PT - SEAL_PT
    clip = f"{left:.3f} {low:.3f} {width:.3f} {SEAL_PT:.3f} re W n"
    place = f"1 0 0 1 {left - at * width:.3f} {low:.3f} cm"
    return f"Q /Artifact BMC q {clip} {place} /WufangAcross Do Q EMC".encode()
