// Names that boards have broken on, and those of a quiet day.
export const ORDINARY = ["Ann", "小明", "Marta", "Jonas", "王小红", "Priya", "Léa", "たろう", "Sam", "민준", "Ngọc", "Omar", "Iza", "陈静", "Ravi", "Zoë"];

export const HOSTILE = [
  ["Very long", "Maximiliana-Konstantina von Hohenlohe-Waldenburg-Schillingsfürst the Third"],
  ["Long without a space", "xX".repeat(40)],
  ["Nothing", ""],
  ["Spaces", "   "],
  ["Lines", "one\ntwo\nthree"],
  ["Emoji families", "👩‍👩‍👧‍👦👨🏽‍🚀🏳️‍🌈🇨🇳"],
  ["Emoji alone", "🔥🔥🔥🔥🔥🔥🔥🔥"],
  ["Chinese", "天行健君子以自强不息地势坤"],
  ["Rare Chinese", "𠮷野家𡈽𪚥"],
  ["Arabic", "محمد عبد الرحمن الفارسي"],
  ["Hebrew and Latin", "דוד Cohen 123"],
  ["Right-to-left override", "abc\u202egnp.exe"],
  ["Stacked marks", "Z\u0351\u036b\u0343a\u0342\u0301l\u0300\u0313\u0308g\u0303\u034co\u0344\u0301"],
  ["Thai", "สวัสดีชาวโลกที่รัก"],
  ["Devanagari", "क्षत्रिय श्री"],
  ["Markup", "<b>bold</b>&amp;<img src=x>"],
  ["Template", "{{ friend.score }}"],
  ["Quotes", `"'\\\`$\{x}`],
  ["Without width", "\u200bA\u200dn\u2060n\ufeff"],
  ["Full width", "ＡＢＣ１２３"],
  ["Control", "a\u0007b\u001b[31mc"],
  ["Half of a pair", "\ud83d"],
  ["Many spaces inside", "a          b"],
  ["Upside down", "uɐɯ ɹǝpᴉds"],
];

export const SCORES = [
  ["As they are", null],
  ["Falling", (index, count) => String((count - index) * 137)],
  ["All the same", () => "100"],
  ["Some the same", (index) => String(100 - Math.floor(index / 3) * 10)],
  ["None", () => null],
  ["Some without", (index) => (index % 3 ? String(500 - index) : null)],
  ["Nought", () => "0"],
  ["Below nought", (index) => String(-index * 7 - 1)],
  ["Huge", (index) => String(9007199254740993n * 1000n - BigInt(index))],
  ["Parts", (index) => String((99.5 - index * 0.37).toFixed(2))],
  ["No numbers", (index) => ["NaN", "", "12 points", "1e400", "∞"][index % 5]],
];
