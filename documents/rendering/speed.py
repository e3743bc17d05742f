"""Remedies for WeasyPrint 70: less than half of the time, the same page.

Each replaces a private function; the versions are pinned, and a test prints with and without them and
compares what comes out. They are worth sending upstream.
"""

import gc
from typing import Any

from documents.rendering import writing

GC_THRESHOLD = (200_000, 20, 50)  # only a paper of many pages collects while it is being made
RESOLVED = ("float", "display", "position", "page")
NO_LINE = ("none", "hidden")
FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)


def install() -> None:
    """Put the remedies in place (once per process)."""
    import pydyf
    from weasyprint import css, svg
    from weasyprint.layout import percent
    from weasyprint.pdf import fonts
    from weasyprint.text import line_break

    if getattr(pydyf, "_wufang", False):
        return
    pydyf._wufang = True
    writing.install()
    svg.TAGS["path"] = _straight_path(svg.TAGS["path"])
    css.ComputedStyle.__missing__ = _shorter_way(css.ComputedStyle.__missing__)
    fonts.Font.__init__ = _without_copy(fonts)
    line_break.Layout.setup = _kept_settings(line_break.Layout.setup)
    line_break._font_style_cache_key = _kept_key(line_break._font_style_cache_key)
    percent.resolve_one_percentage = _known_lengths(percent.resolve_one_percentage)


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


def _straight_path(plain: Any) -> Any:
    """A path of absolute points goes to the page as it is (a seal has two thousand of them)."""

    def path(picture: Any, node: Any, font_size: float) -> None:
        drawn = node.get("d", "")
        if "marker" in node.attrib or not writing.is_simple(drawn):
            plain(picture, node, font_size)
            return
        picture.stream.move_to(0, 0)
        picture.stream.stream.append(writing.operators(drawn))

    return path


def _shorter_way(plain: Any) -> Any:
    """Most properties of most boxes are inherited or initial: nothing is to be computed."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    logical = {
        (name, inline): function(block="ttb", inline=inline)
        for name, function in PHYSICAL_FUNCTIONS.items()
        for inline in ("ltr", "rtl")
    }
    computed = {*RESOLVED, *INITIAL_NOT_COMPUTED} - INHERITED
    computed |= {name for name in INITIAL_VALUES if name.startswith("text_decoration_")}

    def missing(self: Any, key: str) -> Any:
        parent = self.parent_style
        if parent is None or key in self.cascaded:
            return plain(self, key)
        if key in PHYSICAL_FUNCTIONS and logical[key, self["direction"]] in self.cascaded:
            return plain(self, key)
        if key in INHERITED or key[:2] == "__":
            value = self[key] = parent[key]
        elif key not in computed:
            value = self[key] = INITIAL_VALUES[key]
        elif key[-6:] == "_width" and self[f"{key[:-5]}style"] in NO_LINE:
            value = self[key] = 0
        else:
            return plain(self, key)
        return value

    return missing


def _known_lengths(plain: Any) -> Any:
    """A length in pixels is the used value already; most of the others are `auto`."""
    from weasyprint.css.properties import Dimension

    def resolve(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if type(value) is Dimension and value.unit == "px":
            setattr(box, name, value.value)
        elif value == "auto" and name[:4] != "min_":
            setattr(box, name, value)
        else:
            plain(box, name, refer_to)

    return resolve


def _kept_settings(plain: Any) -> Any:
    """Pango's context and font description are made once for all texts of a style."""
    from weasyprint.text.ffi import ffi, gobject, pango

    def setup(self: Any, style: Any) -> None:
        if not hasattr(style, "wufang"):
            style.wufang = _settings(style)
        if style.wufang is None:
            plain(self, style)
            return
        context, description, self.language = style.wufang
        self.style, self.first_line_direction = style, 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)

    return setup


def _settings(style: Any) -> tuple[Any, Any, Any] | None:
    """Context, font description and language of a style; None when it asks for more than those."""
    from weasyprint.text.constants import PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
    from weasyprint.text.fonts import font_features, get_font_description

    features = font_features(**{name: style[name] for name in FEATURES})
    plain_text = style["text_decoration_line"] == "none" and not features
    if not plain_text or style["font_language_override"] != "normal" or not style["lang"]:
        return None
    map_ = style.font_config.font_map
    context = ffi.gc(pango.pango_font_map_create_context(map_), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name, _kept_alive = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    return context, get_font_description(style), language


def _kept_key(plain: Any) -> Any:
    """The key of a style's metrics is a long text: written once for each style."""

    def key(style: Any, include_size: bool = False) -> str:
        kept = style.__dict__.setdefault("wufang_keys", {})
        if include_size not in kept:
            kept[include_size] = plain(style, include_size)
        return str(kept[include_size])

    return key


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
