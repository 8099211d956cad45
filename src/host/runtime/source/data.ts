// `data:` addresses, where there is no file system to read a file of the package.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** True for a `data:` address. */
export function isData(address: string): boolean {
  return address.slice(0, 5) === "data:";
}

/** The bytes of a `data:` address in base64. */
export function fromData(address: string): Uint8Array {
  const text = address.slice(address.indexOf(",") + 1);
  const end = text.indexOf("=");
  const length = end < 0 ? text.length : end;
  const values = new Uint8Array(128);
  for (let digit = 0; digit < 64; digit += 1) {
    values[DIGITS.charCodeAt(digit)] = digit;
  }
  const bytes = new Uint8Array((length * 3) >> 2);
  let bits = 0;
  let at = 0;
  for (let index = 0; index < length; index += 1) {
    bits = (bits << 6) | (values[text.charCodeAt(index) & 127] as number);
    if (index % 4 > 0) {
      bytes[at] = bits >> (6 - 2 * (index % 4));
      at += 1;
    }
  }
  return bytes;
}
