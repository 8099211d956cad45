"""Skia by skia-python: the board and the card of benches/workload, drawn call by call."""

import importlib.metadata
import json
import sys
import time
from pathlib import Path

import skia

FOLDER = Path(sys.argv[1])
FONTS = Path(__file__).parents[2] / "assets/fonts"
FACES = {name: skia.Typeface.MakeFromFile(str(FONTS / file)) for name, file in {
    "sans": "NotoSans-Regular.ttf", "bold": "NotoSans-Bold.ttf", "han": "NotoSansSC-Regular.otf", "emoji": "TwemojiMozilla.ttf"}.items()}
MEDALS = [0xFFFFD700, 0xFFC0C0C0, 0xFFCD7F32]
EVERYBODY = json.loads((FOLDER / "workload.json").read_text())["data"]
AVATARS = {friend["avatarUrl"]: skia.Image.open(str(FOLDER / friend["avatarUrl"])) for friend in EVERYBODY}
SAMPLING = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


def runs(value, size, bold):
    """The text cut into parts of which one face has all letters."""
    parts = []
    for letter in value:
        for name in ("bold" if bold else "sans", "han", "emoji"):
            if FACES[name].unicharToGlyph(ord(letter)):
                break
        if parts and parts[-1][0] == name:
            parts[-1][1] += letter
        else:
            parts.append([name, letter])
    return [(skia.Font(FACES[name], size), part) for name, part in parts]


def text(canvas, value, x, y, size, color, bold=False, align=0.0, most=None):
    parts = runs(value, size, bold)
    width = sum(font.measureText(part) for font, part in parts)
    while most is not None and width > most and value:
        value = value[:-1]
        parts = runs(value + "…", size, bold)
        width = sum(font.measureText(part) for font, part in parts)
    x -= width * align
    paint = skia.Paint(AntiAlias=True, Color=color)
    for font, part in parts:
        font.setEdging(skia.Font.Edging.kAntiAlias)
        canvas.drawString(part, x, y, font, paint)
        x += font.measureText(part)


def avatar(canvas, name, x, y, size):
    canvas.save()
    canvas.clipRRect(skia.RRect.MakeOval(skia.Rect.MakeXYWH(x, y, size, size)), True)
    canvas.drawImageRect(AVATARS[name], skia.Rect.MakeXYWH(x, y, size, size), SAMPLING)
    canvas.restore()


def row(canvas, friend, rank, y, fill, border, medal=None):
    box = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(16.5, y + 0.5, 767, 63), 12, 12)
    canvas.drawRRect(box, skia.Paint(AntiAlias=True, Color=fill))
    canvas.drawRRect(box, skia.Paint(AntiAlias=True, Color=border, Style=skia.Paint.kStroke_Style, StrokeWidth=1))
    if medal:
        canvas.drawCircle(52, y + 32, 18, skia.Paint(AntiAlias=True, Color=medal))
    text(canvas, str(rank), 52, y + 39, 20, 0xFF1A1A1A if medal else 0xFFAAB3D0, bold=True, align=0.5)
    avatar(canvas, friend["avatarUrl"], 90, y + 2, 60)
    text(canvas, friend["nickname"], 166, y + 41, 24, 0xFFFFFFFF, most=400)
    text(canvas, friend["KVDataList"][0]["value"], 768, y + 42, 28, 0xFFFFD166, bold=True, align=1.0)


def board(number):
    surface = skia.Surface(800, 800)
    canvas = surface.getCanvas()
    canvas.clear(0xFF141A2E)
    text(canvas, "Leaderboard", 32, 46, 36, 0xFFFFFFFF, bold=True)
    first = number % 10 * 10
    for index, friend in enumerate(EVERYBODY[first:first + 10]):
        row(canvas, friend, index + 1, 64 + index * 66, 0xFF232B45, 0xFF3A4468, MEDALS[index] if index < 3 else None)
    own = (number % 10 * 7 + 29) % 100
    row(canvas, EVERYBODY[own], own + 1, 728, 0xFF2F4A8A, 0xFF6F93F0)
    return surface


def card(number):
    surface = skia.Surface(1200, 630)
    canvas = surface.getCanvas()
    points = [(142.5, -142.5), (1057.5, 772.5)]
    shader = skia.GradientShader.MakeLinear(points=points, colors=[0xFF4F46E5, 0xFFDB2777])
    canvas.drawPaint(skia.Paint(Shader=shader))
    friend = EVERYBODY[(number % 10 * 7 + 29) % 100]
    avatar(canvas, friend["avatarUrl"], 100, 215, 200)
    text(canvas, friend["nickname"], 350, 270, 64, 0xFFFFFFFF, bold=True, most=800)
    text(canvas, "Scored higher than 98% of friends · 好友排行榜 🏆", 350, 330, 32, 0xFFE5E7FF)
    pill = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(350, 370, 260, 72), 36, 36)
    canvas.drawRRect(pill, skia.Paint(AntiAlias=True, Color=0x33FFFFFF))
    text(canvas, friend["KVDataList"][0]["value"], 480, 420, 40, 0xFFFFFFFF, bold=True, align=0.5)
    return surface


def least(draw, count=60):
    times = []
    for number in range(count + 10):
        start = time.perf_counter()
        draw(number)
        times.append((time.perf_counter() - start) * 1e3)
    return min(times[10:])


def figures(draw):
    def png(number):
        return draw(number).makeImageSnapshot().encodeToData(skia.kPNG, 100)

    return {"rgba": least(draw), "png": least(png, 30), "bytes": png(0).size()}


print(json.dumps({"name": "Skia (skia-python)", "version": importlib.metadata.version("skia-python"),
                  "board": figures(board), "card": figures(card)}))
