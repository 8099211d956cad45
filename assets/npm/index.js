// friendboard for Node: pictures from requests, and picture tests.
import { run } from "./lib/command.cjs";
import { instantiate } from "./lib/host.cjs";

export { run };

/** What went wrong: `kind` is the code of its kind, such as `template` or `limit`. */
export class FriendboardError extends Error {
  constructor(kind, message) {
    super(message);
    this.name = "FriendboardError";
    this.kind = kind;
  }
}

/** The instance that draws. Its fonts, and what it has drawn of them, are kept from one picture to the next. */
let kept;

function drawing(use) {
  kept ??= instantiate(["friendboard"], process.cwd());
  try {
    return use(kept);
  } catch (error) {
    if (error instanceof FriendboardError) throw error;
    // After a trap its memory is not to be trusted.
    kept = undefined;
    throw new FriendboardError("internal", `friendboard stopped: ${error.message}`);
  }
}

/** Writes bytes where the module made room for them; `what` names them where there is none. */
function bring(friendboard, at, what, ...parts) {
  if (at === 0) throw new FriendboardError("limit", `over a limit: ${what}`);
  let end = at;
  for (const part of parts) {
    new Uint8Array(friendboard.memory.buffer, end, part.length).set(part);
    end += part.length;
  }
}

/** Draws once, with the pictures that are there. Nothing else runs meanwhile. */
function draw(request, pictures) {
  return drawing((friendboard) => {
    bring(friendboard, friendboard.friendboard_request(request.length), `${request.length} bytes of a request`, request);
    for (const [src, { file, reason }] of pictures) {
      const [name, bytes] = [Buffer.from(src), file ?? Buffer.from(reason)];
      const at = friendboard.friendboard_picture(name.length, bytes.length, file === undefined ? 0 : 1);
      bring(friendboard, at, `${bytes.length} bytes of the picture '${src.slice(0, 80)}'`, name, bytes);
    }
    friendboard.friendboard_render();
    const report = friendboard.friendboard_report();
    const { error, diagnostics, diagnosticsLeftOut, wanted } = JSON.parse(
      Buffer.from(friendboard.memory.buffer, report, friendboard.friendboard_report_length()).toString(),
    );
    if (error !== null) throw new FriendboardError(error.kind, error.message);
    const [width, height] = [friendboard.friendboard_width(), friendboard.friendboard_height()];
    const take = () => new Uint8ClampedArray(friendboard.memory.buffer, friendboard.friendboard_pixels(), width * height * 4).slice();
    return { width, height, take, diagnostics, diagnosticsLeftOut, wanted };
  });
}

function encode(width, height, pixels) {
  return drawing((friendboard) => {
    bring(friendboard, friendboard.friendboard_image(width, height), `${width}×${height} px`, pixels);
    const length = friendboard.friendboard_png();
    if (length === 0) throw new FriendboardError("picture", `a picture of ${width}×${height} px can't be written as PNG`);
    return Buffer.from(new Uint8Array(friendboard.memory.buffer, friendboard.friendboard_file(), length).slice().buffer);
  });
}

/** A picture's file, or why there is none. */
async function load(picture, src) {
  try {
    const file = await picture(src);
    if (file === undefined || file === null) return { reason: "it was not brought" };
    return { file: file instanceof Uint8Array ? file : new Uint8Array(file) };
  } catch (error) {
    return { reason: String(error?.message ?? error).slice(0, 1000) };
  }
}

export async function render(request, { picture } = {}) {
  const text = typeof request === "string" ? request : JSON.stringify(request);
  if (typeof text !== "string") throw new FriendboardError("usage", `a request was expected, found ${typeof request}`);
  const bytes = Buffer.from(text);
  const pictures = new Map();
  for (;;) {
    const drawn = draw(bytes, pictures);
    const missing = picture === undefined ? [] : drawn.wanted.filter((src) => !pictures.has(src));
    if (missing.length === 0) {
      const { width, height, diagnostics, diagnosticsLeftOut } = drawn;
      const pixels = drawn.take();
      return { width, height, pixels, png: () => encode(width, height, pixels), diagnostics, diagnosticsLeftOut };
    }
    const loaded = await Promise.all(missing.map((src) => load(picture, src)));
    missing.forEach((src, index) => pictures.set(src, loaded[index]));
  }
}

export async function golden(path, { filter, report, folder } = {}) {
  const args = ["golden", "run", path];
  if (filter !== undefined) args.push("--filter", filter);
  if (report !== undefined) args.push("--report", report);
  const { status, output, errors } = run(args, { folder, capture: true });
  if (status !== 0) throw new FriendboardError("golden", `${output}${errors}`.trim());
  return output.toString().trim();
}
