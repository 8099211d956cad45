// The platform: which one it is, and what it has. Everything may be missing, and anything may throw.

/** Something of the platform's, of which nothing is known. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Foreign = any;

declare const TTMinis: Foreign;
declare const GameGlobal: Foreign;
declare const tt: Foreign;
declare const wx: Foreign;
declare const requestAnimationFrame: Foreign;
declare const cancelAnimationFrame: Foreign;
declare const setTimeout: Foreign;
declare const clearTimeout: Foreign;
declare const Image: Foreign;
declare const document: Foreign;

/** A rectangle of the canvas's own pixels. */
export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A picture of the platform's, loaded. */
export interface Loaded {
  image: Foreign;
  width: number;
  height: number;
}

/** The platform by its name, and the object whose functions its calls are. */
export class Host {
  /** What comes with the next frame, where one is asked for, and what takes it back. */
  private come: (() => void) | undefined;
  private frame: Foreign;
  private timer: Foreign;
  private last = 0;
  /** When times are 0, ms since 1970. */
  readonly origin: number = Date.now();

  constructor(
    readonly name: string,
    readonly api: Foreign,
  ) {}

  /** Milliseconds since the start; they never go back. */
  now(): number {
    this.last = Math.max(this.last, Date.now() - this.origin);
    return this.last;
  }

  /** Listens to the main domain's messages. */
  listen(receive: (message: unknown) => void): void {
    if (typeof this.api.onMessage !== "function") {
      throw new Error(`${this.name} has no onMessage: this is not the open data domain`);
    }
    this.api.onMessage(receive);
  }

  /** Listens to fingers; phases are 0 start, 1 move, 2 end, 3 cancel. */
  listenToTouches(touched: (phase: number, finger: number, x: number, y: number) => void): () => void {
    const names = ["TouchStart", "TouchMove", "TouchEnd", "TouchCancel"];
    const listeners = names.map((name, phase) => {
      const listener = (event: Foreign) => {
        const fingers: Foreign[] = (event && (event.changedTouches || event.touches)) || [];
        for (let index = 0; index < fingers.length; index += 1) {
          const { clientX, pageX, x, clientY, pageY, y, identifier } = fingers[index];
          touched(phase, first(identifier, index), first(clientX, pageX, x), first(clientY, pageY, y));
        }
      };
      if (typeof this.api["on" + name] === "function") {
        this.api["on" + name](listener);
      }
      return [name, listener] as const;
    });
    return () => {
      for (const [name, listener] of listeners) {
        if (typeof this.api["off" + name] === "function") {
          this.api["off" + name](listener);
        }
      }
    };
  }

  /** The window: logical px, and device px per logical px. */
  window(): { width: number; height: number; ratio: number } {
    for (const name of ["getWindowInfo", "getSystemInfoSync"]) {
      if (typeof this.api[name] !== "function") {
        continue;
      }
      try {
        const info = this.api[name]() || {};
        const width = first(info.windowWidth, info.screenWidth);
        const height = first(info.windowHeight, info.screenHeight);
        if (width > 0 && height > 0) {
          return { width, height, ratio: first(info.pixelRatio, info.devicePixelRatio, 1) };
        }
      } catch (error) {
        // The next one, or what most phones have.
      }
    }
    return { width: 375, height: 667, ratio: 2 };
  }

  /** One for all frames, so that a scroll makes nothing. */
  private readonly arrive = (): void => {
    const come = this.come;
    this.come = undefined;
    if (come) {
      come();
    }
  };

  /** Asks for the next frame of the screen, once. */
  askFrame(come: () => void): void {
    if (this.come) {
      return;
    }
    this.come = come;
    if (typeof requestAnimationFrame === "function") {
      this.frame = requestAnimationFrame(this.arrive);
      return;
    }
    const canvas = this.canvas();
    const own = canvas && typeof canvas.requestAnimationFrame === "function";
    this.frame = own ? canvas.requestAnimationFrame(this.arrive) : setTimeout(this.arrive, 16);
  }

  /** Takes a frame back that was asked for; one that comes all the same does nothing. */
  cancelFrame(): void {
    if (!this.come) {
      return;
    }
    this.come = undefined;
    if (typeof requestAnimationFrame === "function") {
      typeof cancelAnimationFrame === "function" && cancelAnimationFrame(this.frame);
      return;
    }
    const canvas = this.canvas();
    if (canvas && typeof canvas.requestAnimationFrame === "function") {
      canvas.cancelAnimationFrame && canvas.cancelAnimationFrame(this.frame);
    } else {
      clearTimeout(this.frame);
    }
  }

  /** Sets the timer, in the place of one that runs. */
  setTimer(time: number, come: () => void): void {
    this.clearTimer();
    const handle = setTimeout(
      () => {
        this.timer = undefined;
        come();
      },
      Math.max(1, Math.ceil(time - this.now())),
    );
    this.timer = { handle };
  }

  /** Takes the timer back. */
  clearTimer(): void {
    if (this.timer) {
      clearTimeout(this.timer.handle);
      this.timer = undefined;
    }
  }

  /** The shared canvas. */
  canvas(): Foreign {
    return typeof this.api.getSharedCanvas === "function" ? this.api.getSharedCanvas() : undefined;
  }

  /** A canvas that is not shown; undefined where there is none to be had. */
  workCanvas(width: number, height: number): Foreign {
    try {
      const canvas =
        typeof this.api.createCanvas === "function"
          ? this.api.createCanvas()
          : typeof document !== "undefined"
            ? document.createElement("canvas")
            : undefined;
      if (canvas) {
        canvas.width = width;
        canvas.height = height;
      }
      return canvas;
    } catch (error) {
      return undefined;
    }
  }

  /** Loads a picture; one of the two functions is called, once. */
  loadImage(src: string, loaded: (picture: Loaded) => void, failed: (why: string) => void): void {
    let done = false;
    const once = (then: () => void) => {
      if (!done) {
        done = true;
        then();
      }
    };
    try {
      const canvas = this.canvas();
      const image =
        typeof this.api.createImage === "function"
          ? this.api.createImage()
          : canvas && typeof canvas.createImage === "function"
            ? canvas.createImage()
            : new Image();
      const load = () =>
        once(() => {
          const width = first(image.naturalWidth, image.width, 0);
          const height = first(image.naturalHeight, image.height, 0);
          width > 0 && height > 0 ? loaded({ image, width, height }) : failed("it has no size");
        });
      const fail = (event: Foreign) =>
        once(() => failed(String((event && (event.errMsg || event.message)) || "the platform could not load it")));
      image.onload = load;
      image.onerror = fail;
      image.src = src;
    } catch (error) {
      once(() => failed(String(error)));
    }
  }

  /** The bytes of a file of the package; throws where they can't be read. */
  readFile(path: string): Uint8Array {
    return new Uint8Array(this.fileSystem().readFileSync(path));
  }

  /** The text of a file of the package; throws where it can't be read. */
  readText(path: string): string {
    return String(this.fileSystem().readFileSync(path, "utf8"));
  }

  private fileSystem(): Foreign {
    if (typeof this.api.getFileSystemManager !== "function") {
      throw new Error(`${this.name} has no file system here`);
    }
    return this.api.getFileSystemManager();
  }

  /** Makes a call of the platform's. `come` is called once, with whether it succeeded and the JSON of what it got. */
  call(name: string, json: string, come: (success: boolean, json: string) => void): void {
    let done = false;
    const answer = (success: boolean) => (result: unknown) => {
      if (!done) {
        done = true;
        come(success, textOf(result));
      }
    };
    try {
      if (typeof this.api[name] !== "function") {
        throw new Error(`${this.name} has no such call here`);
      }
      this.api[name](Object.assign(JSON.parse(json), { success: answer(true), fail: answer(false) }));
    } catch (error) {
      answer(false)({ errMsg: `${name}:fail ${messageOf(error)}` });
    }
  }
}

/** The first of some values that is a number. */
function first(one: unknown, other: unknown, last: unknown = 0): number {
  const value = isNumber(one) ? one : isNumber(other) ? other : last;
  return isNumber(value) ? value : 0;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && value === value;
}

/** JSON of whatever a platform hands over; what is none (functions, circles) is null. */
export function textOf(value: unknown): string {
  try {
    const json = JSON.stringify(value);
    return json === undefined ? "null" : json;
  } catch (error) {
    return "null";
  }
}

/** What was thrown, in words. */
export function messageOf(error: unknown): string {
  const thrown = error as Foreign;
  return String((thrown && (thrown.message || thrown.errMsg)) || thrown);
}

/** The platform whose global is there, or the one that is named. */
export function findHost(wanted: string | undefined): Host {
  const game: Foreign = typeof GameGlobal === "undefined" ? {} : GameGlobal;
  const found: { [name: string]: Foreign } = {
    tiktok: typeof TTMinis === "undefined" ? undefined : TTMinis.game || TTMinis,
    douyin: typeof tt === "undefined" ? game.tt : tt,
    wechat: typeof wx === "undefined" ? game.wx : wx,
  };
  // Some hosts bring another's name along; the order is that of how sure a name is.
  const names = wanted === undefined ? ["tiktok", "douyin", "wechat"] : [wanted];
  for (const name of names) {
    if (found[name]) {
      return new Host(name, found[name]);
    }
  }
  // A platform that brings our own global along, such as TikTok's tt.
  const other = wanted !== undefined && (found["douyin"] || found["wechat"]);
  if (other) {
    return new Host(wanted as string, other);
  }
  throw new Error("expected the global of a platform (TTMinis.game, tt or wx), found none");
}
