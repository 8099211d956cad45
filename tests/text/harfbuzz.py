#!/usr/bin/env python3
"""Records how HarfBuzz's own `hb-shape` shapes 2,100 lines in the bundled fonts, for tests/text_harfbuzz.rs.

    tests/text/harfbuzz.py            writes tests/text/harfbuzz.tsv
    tests/text/harfbuzz.py --check    says where the recording differs from what hb-shape answers now

Needs Debian's libharfbuzz-bin, and fontTools for the fonts' character maps. Nothing of friendboard is asked: lines are made
of a seed, and split into runs here, by what the README of the fonts says of their order and by UAX #9 and #24 as far as these
lines need them (no explicit embeddings, no brackets).

A line of the recording: weight, text, then the runs from left to right, all apart by tabs. A run: number of the face in the
first line's list, its advance in font units, and for each glyph its number and where it starts (`number@x` or `number@x,y`).
"""

import json
import random
import subprocess
import sys
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.unicodedata import script as script_of

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent.parent / "assets" / "fonts"
RECORDING = HERE / "harfbuzz.tsv"
# In the order of src/text/bundled.rs: a face's place here is its number.
FACES = [
    "NotoSansLatin-Regular.ttf", "NotoSansLatin-Bold.ttf", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf",
    "NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf", "NotoSansDevanagari-Regular.ttf",
    "NotoSansDevanagari-Bold.ttf", "NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf",
]

WORDS = {
    "latin": """AVATAR Toby Wolfgang Yvonne Łukasz Zoë François Jürgen Øystein Ægir Niño Ağaoğlu Þórður Čapek Dvořák Ștefan
        Ħamrun Nguyễn Trần Thị Phượng Đặng Hoàng Quỳnh office affluent fjord WAVE LTAV.Y P.T., To-morrow Ty. Ya! "quote"
        Vo. r, f. 1,234,567 +42% 99:59 #1 Kin'g kerning ﬁn Ǻngström Ǆ ḟ ẞ ÿ Ťažký ľahký ŉ ǉ IJ ĳ Ñandú x́ m̃ q̈ é̱ ạ̈""",
    "arabic": """محمد فاطمة عبدالله السلام عليكم لا إله الله لاعب أفضل النتيجة المتصدرين صديقي مرحبا بك كلمة ؤلف ئاميدي
        پرویز گلناز چنگیز ژاله ٹیپو ڈار یوسف مُحَمَّد قُرْآن شَدَّة الْعَرَبِيَّة هٰذا لأن الآن لإ ﷲ خوش‌آمدید می‌خواهم ۱۲۳ ١٢٣""",
    "hebrew": """שלום דוד יעל אברהם ירושלים תל־אביב שָׁלוֹם בְּרֵאשִׁית לָמֶד נִקּוּד יִשְׂרָאֵל חֹשֶׁךְ מִצְוֹת צַהַ״ל ג׳ירפה ץ ף ם ן ך
        לוח תוצאות חבר מוביל""",
    "devanagari": """नमस्ते राम कृष्ण श्रीमती विद्यार्थी क्षत्रिय ज्ञान त्रिशूल हिन्दी दिल्ली प्रेम र्‍या स्त्री शक्ति उर्दू द्वितीय ट्रक ड्रामा
        ऑफ़िस फ़र्क़ ग़ज़ल पढ़ाई हृदय ॐ अंक दुःख माँ कार्त्स्न्य द्ध्य ष्ट्र क्‍ष क्‌ष १२३४ मराठी खेळ अग्रणी मित्र""",
    "thai": """สวัสดี ก่อน น้ำ ผู้เล่น ที่ ปู่ ย่า ฟ้า ปั๊ม ญี่ปุ่น กตัญญู ฐาน ทั้งสิ้น ผี้ ฝื๋อ ฬ่ ฎุ ฏู สูงสุด คะแนน เพื่อน อันดับ น้ำใจ ก๊วยเตี๋ยว
        ๑๒๓ ธรรมะ พฤกษ์ ฤๅษี โต๊ะ เก้าอี้""",
    "hangul": """안녕하세요 김철수 이영희 박지성 최고 점수 친구 순위 홍길동 게임 리더보드 한글 쑥쑥""",
    "han": """你好 小明 王者荣耀 无敌是多么寂寞 排行榜 好友 得分：１２３ 《三国》 龘 饕餮 〇一二三 繁體中文 東京 ひらがな カタカナ ラーメン
        がぎぐ （第一名） 「勝利」 第１位 々 ー、。""",
}
LETTERS = {
    "latin": [chr(c) for c in [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0xD7), *range(0xD8, 0xF7),
                               *range(0xF8, 0x180), *range(0x1EA0, 0x1EFA)]],
    "arabic": [chr(c) for c in [*range(0x621, 0x63B), *range(0x641, 0x64B), 0x67E, 0x686, 0x698, 0x6A9, 0x6AF, 0x6CC]],
    "hebrew": [chr(c) for c in range(0x5D0, 0x5EB)],
    "devanagari": [chr(c) for c in range(0x915, 0x93A)],
    "thai": [chr(c) for c in range(0xE01, 0xE2F)],
    "hangul": [bytes([row, cell]).decode("euc_kr") for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF)],
    "han": [bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)],
}
MARKS = {"latin": "\u0301\u0308\u0323", "arabic": "\u064B\u064E\u064F\u0650\u0651\u0652\u0670",
         "hebrew": "\u05B0\u05B4\u05B7\u05B8\u05BC\u05C1", "devanagari": "\u093E\u093F\u0940\u0941\u0942\u0943\u0947\u094B\u0902",
         "thai": "\u0E31\u0E34\u0E35\u0E37\u0E38\u0E39\u0E48\u0E49\u0E4A\u0E4B\u0E4C"}


def made_up(rng, script):
    """A word that nobody wrote: letters, with marks as the script has them."""
    word = ""
    for _ in range(rng.randint(2, 6)):
        word += rng.choice(LETTERS[script])
        if script == "devanagari" and rng.random() < 0.3:
            word += "\u094D" + rng.choice(LETTERS[script])
        if script in MARKS and rng.random() < (0.08 if script == "latin" else 0.35):
            word += rng.choice(MARKS[script])
    return word


def lines():
    """All lines: (weight, text)."""
    rng = random.Random(4)
    words = {script: text.split() for script, text in WORDS.items()}
    result = []
    for script, list_ in words.items():
        result += [(weight, word) for word in list_ for weight in (400, 700)]
        for _ in range(210):
            parts = [rng.choice(list_) if rng.random() < 0.5 else made_up(rng, script) for _ in range(rng.randint(1, 3))]
            result.append((rng.choice((400, 700)), " ".join(parts)))
    for _ in range(500):
        parts = []
        for _ in range(rng.randint(2, 4)):
            script = rng.choice(list(words))
            # Brackets need UAX #9's N0, which BidiCharacterTest is for.
            known = [word for word in words[script] if not any(unicodedata.category(c) in ("Ps", "Pe") for c in word)]
            parts.append(rng.choice(known) if rng.random() < 0.7 else made_up(rng, script))
        result.append((rng.choice((400, 700)), " ".join(parts)))
    return list(dict.fromkeys(result))


def levels(text):
    """UAX #9 for a paragraph of strong letters, marks, digits and neutrals."""
    classes = [unicodedata.bidirectional(character) for character in text]
    strong = next((found for found in classes if found in ("L", "R", "AL")), "L")
    base = 0 if strong == "L" else 1
    # W1 to W7.
    start = "R" if base else "L"
    previous = start
    for index, found in enumerate(classes):
        if found == "NSM":
            classes[index] = previous
        previous = classes[index]
    last = start
    for index, found in enumerate(classes):
        if found in ("L", "R", "AL"):
            last = found
        elif found == "EN" and last == "AL":
            classes[index] = "AN"
    classes = ["R" if found == "AL" else found for found in classes]
    for index in range(1, len(classes) - 1):
        around = classes[index - 1], classes[index + 1]
        if classes[index] in ("ES", "CS") and around == ("EN", "EN") or classes[index] == "CS" and around == ("AN", "AN"):
            classes[index] = around[0]
    index = 0
    while index < len(classes):
        end = index
        while end < len(classes) and classes[end] in ("ET", "BN"):
            end += 1
        number = (index > 0 and classes[index - 1] == "EN") or (end < len(classes) and classes[end] == "EN")
        if end > index and number and "ET" in classes[index:end]:
            classes[index:end] = ["EN"] * (end - index)
        index = max(end, index + 1)
    last = start
    for index, found in enumerate(classes):
        if found in ("L", "R"):
            last = found
        elif found == "EN" and last == "L":
            classes[index] = "L"
    # BN takes the level before it (what X9 removes); neutrals N1 and N2.
    side = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
    index = 0
    while index < len(classes):
        end = index
        while end < len(classes) and classes[end] not in side:
            end += 1
        if end > index:
            before = side[classes[index - 1]] if index else start
            after = side[classes[end]] if end < len(classes) else start
            classes[index:end] = [before if before == after else start] * (end - index)
        index = max(end, index + 1)
    rise = {0: {"L": 0, "R": 1, "EN": 2, "AN": 2}, 1: {"L": 2, "R": 1, "EN": 2, "AN": 2}}
    return base, [rise[base][found] for found in classes]


def clusters(text):
    """Starts of what takes one face: a letter and its marks."""
    starts = []
    for index, character in enumerate(text):
        joins = unicodedata.category(character) in ("Mn", "Mc", "Me") or character in "\u200C\u200D\u0E33"
        if not (joins and index):
            starts.append(index)
    return starts


def runs(weight, text, maps):
    """(face, direction, script, text) in logical order, with the level of each."""
    base, level = levels(text)
    scripts = [script_of(character) for character in text]
    current = next((found for found in scripts if found not in ("Zyyy", "Zinh", "Zzzz")), "Latn")
    for index, found in enumerate(scripts):
        current = scripts[index] = current if found in ("Zyyy", "Zinh", "Zzzz") else found
    # Where bold is wanted, the lighter faces of a family come behind the bold ones.
    families = ((0, 2), (4,), (6,), (8,), (10,), (12,))
    weights = (1, 0) if weight == 700 else (0,)
    stack = [face + bold for family in families for bold in weights for face in family]
    result = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (level[end], scripts[end]) == (level[start], scripts[start]):
            end += 1
        segment = text[start:end]
        # The part of the Latin face stands in only where the segment needs no more of the whole one.
        part = all(ord(c) in maps[stack[0]] or ord(c) not in maps[stack[1]] for c in segment)
        bounds = clusters(segment) + [len(segment)]
        for first, last in zip(bounds, bounds[1:]):
            cluster = segment[first:last]
            has = lambda face: all(c in "\u200C\u200D" or covered(c, maps[face]) for c in cluster)
            face = next((face for face in stack if has(face)), None)
            assert face is not None, (text, cluster)
            if face == stack[0] and not part:
                face = stack[1]
            key = (face, level[start], scripts[start])
            if first > 0 and result and result[-1][0] == key:
                result[-1][1] += cluster
            else:
                result.append([key, cluster])
        start = end
    return base, result


def covered(character, characters):
    """A font has a character, or what it is canonically made of."""
    if ord(character) in characters:
        return True
    parts = unicodedata.normalize("NFD", character)
    return len(parts) > 1 and all(ord(part) in characters for part in parts)


def visual(found):
    """UAX #9, L2, over runs."""
    order = list(found)
    highest = max(key[1] for key, _ in order)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][0][1] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


def shape(batches):
    """hb-shape over (face, level, script) → texts; returns the glyphs of each."""
    answers = {}
    for (face, level, script), texts in batches.items():
        texts = list(dict.fromkeys(texts))
        command = ["hb-shape", f"--font-file={FONTS / FACES[face]}", "--no-glyph-names", "--output-format=json",
                   "--direction=" + ("rtl" if level % 2 else "ltr"), f"--script={script}", "--language=und",
                   "--cluster-level=1"]
        done = subprocess.run(command, input="\n".join(texts) + "\n", capture_output=True, check=True, text=True)
        shaped = done.stdout.splitlines()
        assert len(shaped) == len(texts), (face, level, script, len(shaped), len(texts))
        for text, line in zip(texts, shaped):
            answers[face, level, script, text] = json.loads(line)
    return answers


def record():
    maps = [set(TTFont(FONTS / name, lazy=True).getBestCmap()) for name in FACES]
    split = [(weight, text, visual(runs(weight, text, maps)[1])) for weight, text in lines()]
    batches = {}
    for _, _, found in split:
        for key, text in found:
            batches.setdefault(key, []).append(text)
    answers = shape(batches)
    out = ["\t".join(["faces", *FACES])]
    for weight, text, found in split:
        merged = []
        for key, part in found:
            if not merged or merged[-1][0] != key[0]:
                merged.append([key[0], 0, []])
            run = merged[-1]
            for glyph in answers[(*key, part)]:
                x, y = run[1] + glyph["dx"], glyph["dy"]
                run[2].append(f"{glyph['g']}@{x}" + (f",{y}" if y else ""))
                run[1] += glyph["ax"]
        fields = [f"{face} {advance} {' '.join(glyphs)}" for face, advance, glyphs in merged]
        out.append("\t".join([str(weight), text, *fields]))
    return "\n".join(out) + "\n"


def main():
    recorded = record()
    if sys.argv[1:] == ["--check"]:
        known = RECORDING.read_text(encoding="utf-8").splitlines()
        now = recorded.splitlines()
        different = [pair for pair in zip(known, now) if pair[0] != pair[1]]
        for before, after in different[:10]:
            print(f"recorded: {before}\nhb-shape: {after}")
        if different or len(known) != len(now):
            sys.exit(f"{len(different)} of {len(now)} lines differ ({len(known)} are recorded)")
        print(f"{len(now) - 1} lines are as hb-shape shapes them")
        return
    RECORDING.write_text(recorded, encoding="utf-8")
    print(f"{len(recorded.splitlines()) - 1} lines, {len(recorded.encode()):,} bytes")


if __name__ == "__main__":
    main()
