// UTF-8 with TextEncoder where there is one, and without: open data domains may lack it, and TextDecoder.

import { Foreign } from "./host";

declare const TextEncoder: Foreign;

/** A text of more characters is worth a call of the host's. */
const LONG = 256;

/** A long text's bytes, where the host makes them: far faster than a script in its first run. */
export function encoded(text: string): Uint8Array | undefined {
  return text.length > LONG && typeof TextEncoder === "function" ? new TextEncoder().encode(text) : undefined;
}

/** Writes a text at the beginning of an area and gives its length in bytes; the area must have `length(text)` bytes. */
export function write(text: string, into: Uint8Array): number {
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    let code = text.charCodeAt(index);
    if (code >= 0xd800 && code < 0xe000) {
      const next = code < 0xdc00 ? text.charCodeAt(index + 1) : 0;
      if (next >= 0xdc00 && next < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        index += 1;
      } else {
        code = 0xfffd;
      }
    }
    if (code < 0x80) {
      into[at++] = code;
    } else if (code < 0x800) {
      into[at++] = 0xc0 | (code >> 6);
      into[at++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      into[at++] = 0xe0 | (code >> 12);
      into[at++] = 0x80 | ((code >> 6) & 63);
      into[at++] = 0x80 | (code & 63);
    } else {
      into[at++] = 0xf0 | (code >> 18);
      into[at++] = 0x80 | ((code >> 12) & 63);
      into[at++] = 0x80 | ((code >> 6) & 63);
      into[at++] = 0x80 | (code & 63);
    }
  }
  return at;
}

/** How many bytes a text has. */
export function length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      bytes += 1;
    } else if (code < 0x800) {
      bytes += 2;
    } else if (code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      index += 1;
    } else {
      bytes += 3;
    }
  }
  return bytes;
}

/** So many characters are made into a text at once: the stack holds them meanwhile. */
const AT_ONCE = 4000;

/** Reads a text that our module wrote; one that is cut within a character ends with U+FFFD. */
export function read(bytes: Uint8Array): string {
  let ascii = 0;
  while (ascii < bytes.length && (bytes[ascii] as number) < 0x80) {
    ascii += 1;
  }
  if (ascii === bytes.length && ascii <= AT_ONCE) {
    return String.fromCharCode.apply(null, bytes as unknown as number[]);
  }
  const parts: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number;
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let step = 1; step <= more; step += 1) {
      code = (code << 6) | ((bytes[at + step] as number) & 63);
    }
    if (at + more >= bytes.length) {
      code = 0xfffd;
    }
    at += more + 1;
    if (code >= 0x10000) {
      codes.push(0xd7c0 + (code >> 10), 0xdc00 | (code & 0x3ff));
    } else {
      codes.push(code);
    }
    if (codes.length > AT_ONCE) {
      parts.push(String.fromCharCode.apply(null, codes));
      codes = [];
    }
  }
  parts.push(String.fromCharCode.apply(null, codes));
  return parts.join("");
}
