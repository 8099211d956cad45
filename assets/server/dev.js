"use strict";

// The page of examples: a request, the picture beside it, and the line that asks for it elsewhere.

const by = (id) => document.getElementById(id);
const examples = [];
let turn = 0;

const chosen = () => examples[Number(by("example").value)];

const address = () => {
  const query = by("query").value.trim().replace(/^\?/, "");
  return `${chosen().path}.${by("format").value}${query === "" ? "" : `?${query}`}`;
};

// What a shell takes as it is, within single quotes.
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const showLine = () => {
  let body = by("body").value;
  try { body = JSON.stringify(JSON.parse(body)); } catch { /* It is sent as it is, and the server says what is wrong. */ }
  const url = quoted(location.origin + address());
  by("curl").textContent =
    `curl -s -H 'Content-Type: application/json' -o picture.${by("format").value} ${url} -d ${quoted(body)}`;
};

const draw = async () => {
  showLine();
  turn += 1;
  const own = turn;
  const start = performance.now();
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(address(), { method: "POST", headers, body: by("body").value });
  const blob = await response.blob();
  // Only the last of several is shown.
  if (own !== turn) return;
  const took = `${response.status}, ${(performance.now() - start).toFixed(0)} ms, ${(blob.size / 1000).toFixed(1)} KB`;
  const found = response.headers.get("friendboard-diagnostics") ?? "0";
  by("status").textContent = found === "0" ? took : `${took}, diagnostics: ${found}`;
  by("status").className = response.ok ? "" : "wrong";
  by("picture").hidden = !response.ok;
  by("problem").hidden = response.ok;
  if (response.ok) {
    URL.revokeObjectURL(by("picture").src);
    by("picture").src = URL.createObjectURL(blob);
  } else {
    const text = await blob.text();
    try { by("problem").textContent = JSON.stringify(JSON.parse(text), null, 2); } catch { by("problem").textContent = text; }
  }
};

const drawOrSay = () => draw().catch((error) => {
  by("status").textContent = String(error);
  by("status").className = "wrong";
});

const choose = () => {
  by("body").value = JSON.stringify(chosen().body, null, 2);
  by("query").value = "";
  return drawOrSay();
};

let later;
const drawSoon = () => {
  clearTimeout(later);
  later = setTimeout(drawOrSay, 300);
};

const start = async () => {
  const { boards, names, shareImages, cards, friends } = await (await fetch("/docs/examples.json")).json();
  for (const name of names) examples.push({ label: `board ${name}`, path: `/v1/boards/${name}`, body: { ...boards, data: friends } });
  for (const [name, body] of Object.entries(shareImages)) examples.push({ label: `share image ${name}`, path: `/v1/share-images/${name}`, body });
  for (const [name, body] of Object.entries(cards)) examples.push({ label: `card ${name}`, path: `/v1/cards/${name}`, body });
  by("example").replaceChildren(...examples.map(({ label }, index) => new Option(label, index)));
  by("example").addEventListener("change", choose);
  by("format").addEventListener("change", drawOrSay);
  by("query").addEventListener("input", drawSoon);
  by("body").addEventListener("input", drawSoon);
  by("draw").addEventListener("click", drawOrSay);
  by("copy").addEventListener("click", () => navigator.clipboard?.writeText(by("curl").textContent));
  await choose();
};

start().catch((error) => { by("status").textContent = String(error); });
