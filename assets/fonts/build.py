#!/usr/bin/env python3
"""Builds the bundled fonts in this directory from fonts that package registries serve.

Needs Python's fonttools, brotli 1.2 and skia-pathops (PyPI), Debian's fonts-noto-core and fonts-noto-cjk, and npm's
twemoji-colr-font 15.0.3, unpacked:

    npm pack twemoji-colr-font@15.0.3 && tar xzf twemoji-colr-font-15.0.3.tgz
    ./build.py --noto /usr/share/fonts/truetype/noto --cjk /usr/share/fonts/opentype/noto --twemoji package/twemoji.woff2

Without --cjk or --twemoji the faces made of these are left as they are. The same input gives the same bytes: no time stamp is written.
"""

import argparse
import hashlib
import json
import logging
import os
import tempfile

import brotli
from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.removeOverlaps import removeOverlaps
from fontTools.ttLib.scaleUpem import scale_upem

# Seconds since 1904 that every built font carries in place of the time of building: 2024-01-01.
TIME_STAMP = 3786912000


def span(first, last):
    return range(first, last + 1)


def chars(text):
    return [ord(char) for char in text]


def of_codec(codec, rows, cells):
    """Characters of a two-byte encoding, by its own rows and cells."""
    found = set()
    for row in rows:
        for cell in cells:
            try:
                text = bytes([row, cell]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and not 0xE000 <= ord(text) <= 0xF8FF:
                found.add(ord(text))
    return found


EUC = span(0xA1, 0xFE)
GB2312 = of_codec("gb2312", EUC, EUC)
HANGUL = of_codec("euc_kr", span(0xB0, 0xC8), EUC)
# Level 1, the 4,801 + 600 everyday traditional forms.
BIG5_LEVEL_1 = of_codec("big5", span(0xA4, 0xC6), [*span(0x40, 0x7E), *EUC])
# Rows 1-8 (symbols, kana) and 16-47 (level 1, the 2,965 everyday kanji).
JIS_LEVEL_1 = of_codec("euc_jp", [*span(0xA1, 0xA8), *span(0xB0, 0xCF)], EUC)

# A small face that fontdue loads whole, at the start: figures, and the letters that most Latin text is made of.
LATIN = {*span(0x20, 0x7E), *chars("\u00a0·×–—‘’“”…")}

WESTERN = {
    *LATIN,
    *span(0xA0, 0xFF),  # Latin-1
    *span(0x0100, 0x024F),  # Latin Extended-A, -B
    *span(0x0250, 0x02FF),  # phonetic letters and modifiers
    *span(0x0300, 0x036F),  # combining marks
    *span(0x0370, 0x03FF),  # Greek
    *span(0x0400, 0x052F),  # Cyrillic
    *span(0x1AB0, 0x1AFF),
    *span(0x1C80, 0x1C88),
    *span(0x1D00, 0x1DFF),  # small capitals and superscripts, which names are decorated with
    *span(0x1E00, 0x1EFF),  # Latin additional: Vietnamese
    *span(0x1F00, 0x1FFF),  # Greek extended
    *span(0x2000, 0x206F),
    *span(0x2070, 0x209C),
    *span(0x20A0, 0x20C0),
    *span(0x20D0, 0x20F0),
    *span(0x2100, 0x218B),
    0x2212, 0x2215, 0x221E, 0x25CC,
    *span(0x2C60, 0x2C7F),
    *span(0x2DE0, 0x2DFF),
    *span(0xA640, 0xA69F),
    *span(0xA720, 0xA7FF),
    *span(0xAB30, 0xAB6B),
    *span(0xFB00, 0xFB06),
    *span(0xFE20, 0xFE2F),
}

HAN = {
    *GB2312,
    *HANGUL,
    *BIG5_LEVEL_1,
    *JIS_LEVEL_1,
    *span(0x3000, 0x303F),  # punctuation
    *span(0x3041, 0x30FF),  # kana
    *span(0x3105, 0x312F),  # bopomofo
    *span(0x3131, 0x318E),  # jamo alone: ㅋㅋ
    *span(0x31F0, 0x31FF),
    *span(0x3200, 0x33FF),  # enclosed and squared
    *span(0xFE30, 0xFE4F),
    *span(0xFF01, 0xFFEE),  # fullwidth and halfwidth
    *chars("—…‘’“”·×÷°"),
    # What nicknames are decorated with, and everyday characters of names outside of the sets above.
    *chars("亗彡爻乂乄囧槑烎嘦兲氺炛巭莪咊丨丶丿乛灬辶艹冫卩钅讠饣犭纟忄囍喆堃翀旻昇晞琤玥珺瑄瑀瑒璟甯祎赟钰铱锜頔顗骅鱻麤龘懟孃桜沢渋彅﨑"),
}
# Left to the Latin faces: their forms are the ones that a name in Latin letters wants.
HAN -= {*span(0x20, 0x24F), *span(0x370, 0x52F)} - set(chars("·×÷°"))

HERE = os.path.dirname(os.path.abspath(__file__))


def of_own_texts():
    """What the boards' own texts are written with, in every language."""
    folder = os.path.join(HERE, "..", "templates", "strings")
    texts = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            texts.append(file.read())
    return set(chars("".join(texts)))


# Drawn in bold of its own: signs, the 3,755 everyday characters, kana, and all that the boards say; bold is made of the rest.
HAN_BOLD = HAN & {
    *of_codec("gb2312", span(0xA1, 0xD7), EUC),
    *span(0x3000, 0x312F),  # punctuation, kana, bopomofo
    *span(0xFF01, 0xFFEE),
    *chars("—…‘’“”·×÷°"),
    *of_own_texts(),
}


def is_han(character):
    return 0x3400 <= character <= 0x9FFF or 0xF900 <= character <= 0xFAFF or 0x2E80 <= character <= 0x2EFF


TWO_BYTES = (span(0x81, 0xFE), span(0x40, 0xFE))
# The rest of the Han of GBK (the last 80 of its 21,003 as GB 18030 names them), Big5 and JIS X 0208, the 11,172 Hangul, and the lines that boxes are drawn with.
HAN_FURTHER = {
    *(character for codec in ("gbk", "gb18030", "big5", "euc_jp") for character in of_codec(codec, *TWO_BYTES) if is_han(character)),
    *span(0x9FA6, 0x9FBB),  # what GB 18030 came to name later
    *span(0xAC00, 0xD7A3),
    *span(0x2500, 0x257F),
} - HAN
# Units per em of these: outlines are rounded to a fortieth of a pixel at 16 px, and take half of the bytes.
FURTHER_UNITS = 400

ARABIC = {
    *span(0x20, 0x40), *span(0x5B, 0x60), *span(0x7B, 0x7E), 0xA0, 0xAB, 0xBB,
    *span(0x0600, 0x06FF), *span(0x0750, 0x077F), *span(0x200C, 0x200F), 0x2010, 0x2011, *span(0x2018, 0x201D), 0x2026,
    0x25CC, *span(0xFB50, 0xFBC1), *span(0xFD3E, 0xFD3F), 0xFDF2, *span(0xFDFA, 0xFDFD), *span(0xFE70, 0xFEFC),
}
HEBREW = {*span(0x20, 0x40), 0xA0, *span(0x0590, 0x05FF), *span(0x200C, 0x200F), 0x20AA, 0x25CC, *span(0xFB1D, 0xFB4F)}
DEVANAGARI = {
    *span(0x20, 0x40), 0xA0, *span(0x0900, 0x097F), *span(0x1CD0, 0x1CFF), *span(0x200C, 0x200D), *span(0x20B9, 0x20B9),
    0x25CC, *span(0xA8E0, 0xA8FF),
}
THAI = {*span(0x20, 0x40), 0xA0, *span(0x0E01, 0x0E5B), 0x200C, 0x200D, 0x25CC}

# Scripts with one face each, of the regular weight; bold is made of it. The blocks stand in `src/text/bundled.rs` too.
SCRIPTS = [
    ("Bengali", [span(0x0980, 0x09FF)]),
    ("Gurmukhi", [span(0x0A00, 0x0A7F)]),
    ("Gujarati", [span(0x0A80, 0x0AFF)]),
    ("Oriya", [span(0x0B00, 0x0B7F)]),
    ("Tamil", [span(0x0B80, 0x0BFF)]),
    ("Telugu", [span(0x0C00, 0x0C7F)]),
    ("Kannada", [span(0x0C80, 0x0CFF)]),
    ("Malayalam", [span(0x0D00, 0x0D7F)]),
    ("Sinhala", [span(0x0D80, 0x0DFF)]),
    ("OlChiki", [span(0x1C50, 0x1C7F)]),
    ("MeeteiMayek", [span(0xAAE0, 0xAAFF), span(0xABC0, 0xABFF)]),
    ("Lao", [span(0x0E80, 0x0EFF)]),
    ("Myanmar", [span(0x1000, 0x109F), span(0xA9E0, 0xA9FF), span(0xAA60, 0xAA7F)]),
    ("Khmer", [span(0x1780, 0x17FF), span(0x19E0, 0x19FF)]),
    ("Javanese", [span(0xA980, 0xA9DF)]),
    ("Sundanese", [span(0x1B80, 0x1BBF), span(0x1CC0, 0x1CCF)]),
    ("Lisu", [span(0xA4D0, 0xA4FF)]),
    ("Tibetan", [span(0x0F00, 0x0FFF)]),
    ("Armenian", [span(0x0530, 0x058F), span(0xFB13, 0xFB17)]),
    ("Georgian", [span(0x10A0, 0x10FF), span(0x1C90, 0x1CBF), span(0x2D00, 0x2D2F)]),
    ("Ethiopic", [span(0x1200, 0x139F)]),
    ("Tifinagh", [span(0x2D30, 0x2D7F)]),
    ("Cherokee", [span(0x13A0, 0x13FF), span(0xAB70, 0xABBF)]),
    ("Thaana", [span(0x0780, 0x07BF)]),
    ("NKo", [span(0x07C0, 0x07FF)]),
    ("Adlam", [span(0x1E900, 0x1E95F)]),
]
# Noto has Tibetan with serifs only.
SERIF = {"Tibetan"}

# Signs of Yi that are worn as Latin letters, and hieroglyphs that are worn as pictures.
YI = chars("ꀎꀘꀤꀭꀷꀸꀻꁅꁒꁝꁴꁹꁺꁸꂑꂖꂵꃃꃅꃳꃴꃼꄞꄲꄳꄻꅏꅐꅓꅤꅪꆂꆰꇓꇙꇩꇴꈤꈼꈾꉂꉓꉔꉢꉣꉻꊮꊰꊼꋊꋪꋫꋬꋺꌃꌗꌚꌦꌩꌺꍏꍟꍩꍸꎇꎠꎭꎹꏂꏝꏡꏳꏹꐇꐞꐟꐠꑀꑛꑾꒀꒈꒉꒊꒋꒌ")
EGYPTIAN = chars("𓀀𓀐𓀠𓀡𓁀𓁈𓁹𓁺𓂀𓂃𓂅𓂆𓂊𓃀𓃒𓃓𓃗𓃘𓃙𓃚𓃟𓃠𓃡𓃢𓃥𓃬𓃭𓃰𓃱𓃲𓃴𓃵𓃶𓃹𓄀𓄂𓄃𓄅𓄇𓄿𓅃𓅆𓅇𓅊𓅐𓅓𓅔𓅛𓅞𓅟𓅡𓅦𓅨𓅪𓅫𓅭𓅮𓅰𓅷𓅿𓆃𓆇𓆈𓆉𓆊𓆌𓆏𓆑𓆗𓆙𓆚𓆛𓆜𓆝𓆞𓆟𓆡𓆣𓆤𓆥𓆦𓆨𓆩𓆪𓆭𓆰𓆱𓆸𓆹𓇋𓇗𓇢𓇬𓇳𓇻𓇼𓇽𓈀𓈒𓈓𓈖𓉐𓉔𓉸𓊆𓊇𓊈𓊉𓊍𓊎𓊔𓊗𓊝𓋁𓋇𓋈𓋍𓋏𓋔𓋜𓋪𓋲𓋴𓋹𓋼𓌀𓌉𓌏𓌗𓌜𓌳𓍃𓍊𓍝𓍢𓍯𓍲𓍺𓍼𓎆𓎛𓎟𓎡𓎩𓎬𓏊𓏏𓏙𓏲𓏸𓐄𓐍𓐎𓐐")

# Symbols, in one face: where two of the sources have one, the first gives it.
SYMBOLS = [
    ("NotoSansMath-Regular.ttf", {
        *span(0x2190, 0x21FF), *span(0x2200, 0x22FF), *span(0x27C0, 0x27EF), *span(0x1D400, 0x1D7FF),
    }),
    ("NotoSansSymbols-Regular.ttf", {
        *span(0x2300, 0x23FF), *span(0x2460, 0x24FF), *span(0x2600, 0x26FF), *span(0x2700, 0x27BF), *span(0x1F100, 0x1F1FF),
    }),
    ("NotoSansSymbols2-Regular.ttf", {
        *span(0x2190, 0x21FF), *span(0x2300, 0x23FF), *span(0x2400, 0x2426), *span(0x2440, 0x244A), *span(0x2500, 0x25FF),
        *span(0x2600, 0x27BF), *span(0x2B00, 0x2BFF), *span(0x2E00, 0x2E52), *span(0x1F000, 0x1F02B), *span(0x1F030, 0x1F093),
        *span(0x1F0A0, 0x1F0F5), *span(0x1F300, 0x1F6FF), *span(0x1F780, 0x1F7D8), *span(0x1F800, 0x1F8AD),
    }),
    ("NotoSansThai-Regular.ttf", set()),
    # Letters of other scripts that are worn as ornaments.
    ("NotoSansJavanese-Regular.ttf", {*span(0xA9B9, 0xA9BD), *span(0xA9C1, 0xA9CD), 0xA9DE, 0xA9DF}),
    ("NotoSerifTibetan-Regular.ttf", {*span(0x0F01, 0x0F1F), *span(0x0F3A, 0x0F3D), *span(0x0FBE, 0x0FCF), *span(0x0FD0, 0x0FDA)}),
    ("NotoSansGeorgian-Regular.ttf", {*span(0x10A0, 0x10FF)}),
    ("NotoSansArmenian-Regular.ttf", {*span(0x0531, 0x058F)}),
    ("NotoSansCham-Regular.ttf", {*span(0xAA00, 0xAA28), *span(0xAA5C, 0xAA5F)}),
    ("NotoSansTaiLe-Regular.ttf", {*span(0x1950, 0x1974)}),
    ("NotoSansBalinese-Regular.ttf", {*span(0x1B5A, 0x1B6A)}),
    ("NotoSansCanadianAboriginal-Regular.ttf", {*span(0x1400, 0x167F)}),
    ("NotoSansRunic-Regular.ttf", {*span(0x16A0, 0x16F8)}),
    ("NotoSansCherokee-Regular.ttf", {*span(0x13A0, 0x13FD)}),
    ("NotoSansEgyptianHieroglyphs-Regular.ttf", {0x1302D, 0x130AF, 0x1318F, 0x131A9, 0x131AA, 0x131CB, 0x13279, *span(0x132A9, 0x132AA)}),
    ("NotoSansYi-Regular.ttf", {*span(0xA490, 0xA4C6)}),
    ("NotoSansLao-Regular.ttf", {*span(0x0E81, 0x0EDF)}),
    ("NotoSansKannada-Regular.ttf", {0x0CA0, 0x0CA5, 0x0CC3}),
    ("NotoSansTamil-Regular.ttf", {0x0B90, 0x0BA3, 0x0BF5}),
    ("NotoSansOriya-Regular.ttf", {0x0B20, 0x0B6C}),
    ("NotoSansSinhala-Regular.ttf", {0x0DC6, 0x0DE2, 0x0DF4}),
    ("NotoSansEthiopic-Regular.ttf", {0x1208, 0x1260, 0x12A3, 0x1320, 0x1362}),
    # What came to be wished for later stands at the end, so that glyphs keep their numbers.
    ("NotoSansMath-Regular.ttf", {*span(0x2300, 0x23FF), *span(0x2980, 0x29FF), *span(0x2AF7, 0x2AF8)}),
    ("NotoSans-Regular.ttf", {*span(0x2E00, 0x2E52)}),
    ("NotoSansVai-Regular.ttf", {0xA564, 0xA565, 0xA5C3}),
    ("NotoSansBatak-Regular.ttf", {*span(0x1BFC, 0x1BFF)}),
    ("NotoSansTagbanwa-Regular.ttf", {0x1770}),
    ("NotoSansBalinese-Regular.ttf", {0x1B44}),
    ("NotoSansYi-Regular.ttf", {*YI}),
    ("NotoSansEgyptianHieroglyphs-Regular.ttf", {*EGYPTIAN}),
]


def subset(font, wanted, features):
    """Cuts a font down to some characters and layout features, unhinted."""
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.glyph_names = False
    options.legacy_cmap = False
    options.symbol_cmap = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.drop_tables += ["DSIG", "BASE", "VORG", "vhea", "vmtx", "FFTM", "meta", "MATH", "STAT"]
    options.recalc_timestamp = False
    options.canonical_order = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    # Exact-area coverage adds up what contours cover: where they overlap (c and its cedilla), pixels would be too dark.
    if "glyf" in font:
        removeOverlaps(font, removeHinting=False, ignoreErrors=True)


def coarser(font, units):
    """Rounds the outlines of a CFF font to fewer units per em."""
    scale = units / font["head"].unitsPerEm
    top = font["CFF "].cff.topDictIndex[0]
    glyphs, bytecodes = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        private = top.CharStrings[name].private
        width, usual, nominal = (round(value * scale) for value in (font["hmtx"][name][0], private.defaultWidthX, private.nominalWidthX))
        pen = T2CharStringPen(None if width == usual else width - nominal, glyphs)
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        charstring = pen.getCharString()
        charstring.compile()
        bytecodes[name] = charstring.bytecode
    scale_upem(font, units)
    cff = font["CFF "].cff
    for name, bytecode in bytecodes.items():
        charstring = cff.topDictIndex[0].CharStrings[name]
        charstring.program, charstring.bytecode = None, bytecode
    # Nothing calls them any more.
    cff.GlobalSubrs.items.clear()
    for part in cff.topDictIndex[0].FDArray:
        if hasattr(part.Private, "Subrs"):
            del part.Private.Subrs
            part.Private.rawDict.pop("Subrs", None)


def finish(font, name):
    """Writes a font without the time of building, packed where its name says so; returns its row of the table."""
    font["head"].modified = TIME_STAMP
    font.recalcTimestamp = False
    font.flavor = None
    # Where uharfbuzz is installed, it would pack tables otherwise.
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    path = os.path.join(HERE, name)
    font.save(path, reorderTables=True)
    built = TTFont(path)
    with open(path, "rb") as file:
        data = file.read()
    if name.endswith(".br"):
        data = brotli.compress(data, quality=11, lgwin=24)
        with open(path, "wb") as file:
            file.write(data)
    return (name, len(built.getBestCmap()), built["maxp"].numGlyphs, len(data), hashlib.sha256(data).hexdigest()[:12])


def han_face(folder, weight, wanted, family):
    """Some characters of the Simplified Chinese face, under a name of their own."""
    # Number 2 of the collection is Simplified Chinese.
    font = TTFont(os.path.join(folder, f"NotoSansCJK-{weight}.ttc"), fontNumber=2, recalcTimestamp=False)
    if "Sans CJK SC" not in font["name"].getDebugName(1):
        raise SystemExit(f"expected Noto Sans CJK SC, found {font['name'].getDebugName(1)}")
    subset(font, wanted, ["ccmp"])
    for number, text in ((1, family), (4, f"{family} {weight}"), (6, f"{family.replace(' ', '')}-{weight}")):
        font["name"].setName(text, number, 3, 1, 0x409)
    return font


def merged_symbols(noto):
    """The symbol face: parts of several fonts of the same units per em, without layout tables."""
    taken, parts = set(), []
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, wanted) in enumerate(SYMBOLS):
            font = TTFont(os.path.join(noto, name), recalcTimestamp=False)
            wanted = (wanted & set(font.getBestCmap())) - taken - WESTERN
            if not wanted:
                continue
            taken |= wanted
            subset(font, wanted | {0x20}, [])
            for table in ("GSUB", "GPOS", "GDEF", "gasp", "fpgm", "prep", "cvt "):
                if table in font:
                    del font[table]
            path = os.path.join(folder, f"{number}.ttf")
            font.save(path)
            parts.append(path)
        font = Merger(MergeOptions(drop_tables=["vmtx", "vhea", "MATH", "BASE"])).merge(parts)
    for record in list(font["name"].names):
        if record.nameID not in (0, 1, 2, 3, 4, 5, 6, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    for number, text in ((1, "Noto Sans Symbols"), (2, "Regular"), (3, "friendboard symbols"), (4, "Noto Sans Symbols"), (6, "NotoSansSymbols")):
        font["name"].setName(text, number, 3, 1, 0x409)
    # Lines are as high as the text face's, whatever the ornaments need.
    for table, up, down in (("hhea", "ascent", "descent"), ("OS/2", "sTypoAscender", "sTypoDescender")):
        setattr(font[table], up, 1069)
        setattr(font[table], down, -293)
    font["head"].created = TIME_STAMP
    return font


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noto", required=True, help="directory of NotoSans-Regular.ttf and its family")
    parser.add_argument("--cjk", help="directory of NotoSansCJK-Regular.ttc and -Bold.ttc")
    parser.add_argument("--twemoji", help="twemoji.woff2 of twemoji-colr-font 15.0.3")
    arguments = parser.parse_args()
    logging.getLogger("fontTools").setLevel(logging.ERROR)

    marks = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "rlig", "calt", "tnum"]
    shaping = [
        *marks, "isol", "init", "medi", "fina", "curs", "rclt", "nukt", "akhn", "rphf", "rkrf", "pref", "blwf", "abvf",
        "half", "pstf", "vatu", "cjct", "pres", "abvs", "blws", "psts", "haln", "dist", "abvm", "blwm", "clig",
    ]
    faces = [
        ("NotoSans-{}.ttf", "NotoSansLatin-{}.ttf", LATIN, ["kern", "mark", "mkmk", "ccmp", "tnum"]),
        ("NotoSans-{}.ttf", "NotoSans-{}.ttf", WESTERN, marks),
        ("NotoSansArabic-{}.ttf", "NotoSansArabic-{}.ttf", ARABIC, shaping),
        ("NotoSansHebrew-{}.ttf", "NotoSansHebrew-{}.ttf", HEBREW, shaping),
        ("NotoSansDevanagari-{}.ttf", "NotoSansDevanagari-{}.ttf", DEVANAGARI, shaping),
        ("NotoSansThai-{}.ttf", "NotoSansThai-{}.ttf", THAI, shaping),
    ]
    rows = []
    for weight in ("Regular", "Bold"):
        for source, target, wanted, features in faces:
            font = TTFont(os.path.join(arguments.noto, source.format(weight)), recalcTimestamp=False)
            subset(font, wanted, features)
            rows.append(finish(font, target.format(weight)))
        if not arguments.cjk:
            continue
        font = han_face(arguments.cjk, weight, HAN if weight == "Regular" else HAN_BOLD, "Noto Sans SC")
        # Packed, outlines without shared parts are smaller than those with them.
        font["CFF "].cff.desubroutinize()
        rows.append(finish(font, f"NotoSansSC-{weight}.otf"))
    if arguments.cjk:
        font = han_face(arguments.cjk, "Regular", HAN_FURTHER, "Noto Sans SC Further")
        coarser(font, FURTHER_UNITS)
        rows.append(finish(font, "NotoSansSCFurther-Regular.otf.br"))
    rows.append(finish(merged_symbols(arguments.noto), "NotoSansSymbols-Regular.ttf"))

    for script, blocks in SCRIPTS:
        name = f"Noto{'Serif' if script in SERIF else 'Sans'}{script}-Regular.ttf"
        font = TTFont(os.path.join(arguments.noto, name), recalcTimestamp=False)
        # Tibetan's stacks are placed by their marks: a glyph for each of them would take half a megabyte.
        features = ["ccmp", "mark", "mkmk", "abvm", "blwm"] if script == "Tibetan" else shaping
        subset(font, {character for block in blocks for character in block} | {0x20, 0x200C, 0x200D, 0x25CC}, features)
        if script == "Tibetan":
            # Its stacks reach far down: at four fifths they leave the next line alone, and are as large as Latin small letters.
            font["head"].unitsPerEm = 1250
        rows.append(finish(font, name))

    if arguments.twemoji:
        font = TTFont(arguments.twemoji, recalcTimestamp=False)
        for table in ("FFTM", "GlyphOrder"):
            if table in font:
                del font[table]
        rows.append(finish(font, "TwemojiMozilla.ttf"))

    print("| file | characters | glyphs | bytes | sha256 |\n|---|---|---|---|---|")
    for name, characters, glyphs, size, digest in sorted(rows):
        print(f"| {name} | {characters:,} | {glyphs:,} | {size:,} | `{digest}` |")
    print(f"\nAltogether {sum(row[3] for row in rows):,} bytes.")


if __name__ == "__main__":
    main()
