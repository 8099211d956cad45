#!/usr/bin/env python3
"""Makes the small fonts beside it, by fontTools: what tests/text_brought.rs brings along.

    python3 tests/data/fonts/made.py
"""

from pathlib import Path

from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.otTables import CompositeMode, ExtendMode, PaintFormat

HERE = Path(__file__).resolve().parent
TIME_STAMP = 3786912000


def box(left, bottom, right, top):
    pen = TTGlyphPen(None)
    pen.moveTo((left, bottom))
    pen.lineTo((left, top))
    pen.lineTo((right, top))
    pen.lineTo((right, bottom))
    pen.closePath()
    return pen.glyph()


def started(family, glyphs, characters, advances):
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(characters)
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (advances.get(name, 1000), 0) for name in glyphs})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "uniqueFontIdentifier": family, "fullName": family,
                         "psName": family.replace(" ", "")})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWeightClass=400)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = TIME_STAMP
    font.font.recalcTimestamp = False
    return font


def weights():
    """A stem of 100 units at weight 300 and of 700 at 900, and as wide with 200 units around it."""
    glyphs = {".notdef": box(0, 0, 100, 700), "space": box(0, 0, 0, 0), "I": box(100, 0, 200, 800)}
    font = started("Made Weights", glyphs, {0x20: "space", 0x49: "I"}, {"I": 300, "space": 300})
    font.setupFvar([("wght", 300, 300, 900, "Weight")], [])
    # The points of the stem and the phantom points: right edge and advance grow by 600.
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    grown = [(0, 0), (0, 0), (600, 0), (600, 0), (0, 0), (600, 0), (0, 0), (0, 0)]
    font.setupGvar({"I": [TupleVariation({"wght": (0.0, 1.0, 1.0)}, grown)]})
    return font


def paints():
    """Letters whose paint graphs have each kind of gradient, a transform and a layer."""
    square = box(0, 0, 1000, 1000)
    half = box(0, 0, 500, 1000)
    empty = box(0, 0, 0, 0)
    letters = "LRSTMC"
    glyphs = {".notdef": empty, "space": empty, "square": square, "half": half, **{letter: empty for letter in letters}}
    font = started("Made Paints", glyphs, {0x20: "space", **{ord(letter): letter for letter in letters}}, {})

    def line(extend="pad"):
        return {"ColorStop": [(0.0, 0), (1.0, 1)], "Extend": extend}

    def filled(paint, glyph="square"):
        return {"Format": PaintFormat.PaintGlyph, "Glyph": glyph, "Paint": paint}

    solid = lambda entry, alpha=1.0: {"Format": PaintFormat.PaintSolid, "PaletteIndex": entry, "Alpha": alpha}
    graphs = {
        # Red at the left, blue at the right.
        "L": filled({"Format": PaintFormat.PaintLinearGradient, "ColorLine": line(), "x0": 0, "y0": 0, "x1": 1000, "y1": 0, "x2": 0, "y2": 1000}),
        # Red in the middle, blue from half of the side on.
        "R": filled({"Format": PaintFormat.PaintRadialGradient, "ColorLine": line(), "x0": 500, "y0": 500, "r0": 0, "x1": 500, "y1": 500, "r1": 500}),
        # Counterclockwise from the right: red at 0°, blue at 360°.
        "S": filled({"Format": PaintFormat.PaintSweepGradient, "ColorLine": line(), "centerX": 500, "centerY": 500, "startAngle": 0, "endAngle": 360}),
        # The left half of the square, moved to the right.
        "T": {"Format": PaintFormat.PaintTranslate, "dx": 500, "dy": 0, "Paint": filled(solid(1), "half")},
        # Red and blue multiplied in the left half: black; the right half stays red.
        "M": {"Format": PaintFormat.PaintComposite, "CompositeMode": CompositeMode.MULTIPLY,
              "SourcePaint": filled(solid(1), "half"), "BackdropPaint": filled(solid(0))},
        # The text's own colour, half of it.
        "C": filled(solid(0xFFFF, 0.5)),
    }
    font.font["COLR"] = buildCOLR(graphs, version=1, glyphMap=font.font.getReverseGlyphMap(),
                                  clipBoxes={letter: (0, 0, 1000, 1000) for letter in letters})
    font.font["CPAL"] = buildCPAL([[(1.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 1.0)]])
    return font


if __name__ == "__main__":
    for name, font in (("weights.ttf", weights()), ("paints.ttf", paints())):
        font.save(HERE / name)
        print(name, (HERE / name).stat().st_size)
