"""Three remedies for WeasyPrint 70 and pydyf 0.13: a third of the time, the same page.

Each replaces a private function; the versions are pinned, and a test prints with and without them and
compares what comes out. They are worth sending upstream.
"""

import gc
import zlib
from types import SimpleNamespace
from typing import Any

ZLIB_LEVEL = 6  # pydyf asks for 9: a fifth of the time for a hundredth of the size
GC_THRESHOLD = (200_000, 20, 50)  # only a paper of many pages collects while it is being made
RESOLVED = ("float", "display", "position", "page")


def install() -> None:
    """Put the remedies in place (once per process)."""
    import pydyf
    from weasyprint import css
    from weasyprint.pdf import fonts

    if getattr(pydyf, "_wufang", False):
        return
    pydyf._wufang = True
    pydyf.zlib = _quicker_zlib()
    css.ComputedStyle.__missing__ = _shorter_way(css.ComputedStyle.__missing__)
    fonts.Font.__init__ = _without_copy(fonts)


class Sweeper:
    """Collects a paper's boxes once, after it: quicker than in between, and memory stays flat.

    What the first paper loaded (fonts, styles, modules) stays for good and is not looked at again.
    """

    def __init__(self) -> None:
        self.settled = False
        gc.set_threshold(*GC_THRESHOLD)

    def sweep(self) -> None:
        """To be called after each paper."""
        gc.collect()
        if not self.settled:
            self.settled = True
            gc.freeze()


def _quicker_zlib() -> SimpleNamespace:
    return SimpleNamespace(
        compress=zlib.compress,
        compressobj=lambda level=ZLIB_LEVEL: zlib.compressobj(min(level, ZLIB_LEVEL)),
    )


def _shorter_way(plain: Any) -> Any:
    """Most properties of most boxes are inherited or initial: nothing is to be computed."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    computed = {*PHYSICAL_FUNCTIONS, *RESOLVED, *INITIAL_NOT_COMPUTED} - INHERITED
    computed |= {name for name in INITIAL_VALUES if name.startswith("text_decoration_")}

    def missing(self: Any, key: str) -> Any:
        parent = self.parent_style
        if parent is None or key in self.cascaded or key in computed:
            return plain(self, key)
        if key in INHERITED or key[:2] == "__":
            value = self[key] = parent[key]
        else:
            value = self[key] = INITIAL_VALUES[key]
        return value

    return missing


def _without_copy(fonts: Any) -> Any:
    """A font file is copied whole for every paper, though the subsetter reads the face itself.

    The copy is now made only when somebody asks for it (a font that cannot be cut).
    """
    plain, read = fonts.Font.__init__, fonts.get_hb_object_data

    def init(self: Any, *arguments: Any) -> None:
        fonts.get_hb_object_data = lambda face: None
        try:
            plain(self, *arguments)
        finally:
            fonts.get_hb_object_data = read

    def content(self: Any) -> Any:
        if self.__dict__["content"] is None:
            self.__dict__["content"] = read(self.hb_face)
        return self.__dict__["content"]

    def keep(self: Any, value: Any) -> None:
        self.__dict__["content"] = value

    fonts.Font.file_content = property(content, keep)
    return init
