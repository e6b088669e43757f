/** Texts of a service as an error may show them: without secrets, on one line, of bounded length. */

/** Bytes of a text that is shown; enough for an encoded diagnosis of a refused permission. */
const LONGEST = 8192;

/** Characters from which on a secret is looked for: shorter ones would tear holes into every text. */
const SHORTEST = 3;

/** How often, within one secret, something may be read in two ways: `&amp;` is an `&`, or stands there as it is. */
const FORKS = 4;

/** Hides secrets, plain or encoded in whatever way. */
export class Redaction {
  readonly #secrets: readonly Uint8Array[];

  constructor(secrets: readonly string[]) {
    const all = secrets.filter((secret) => Array.from(secret).length >= SHORTEST).flatMap(spellings);
    // Longest first, so that no part of one is left behind by another.
    this.#secrets = all.map(bytesOf).sort((a, b) => b.length - a.length);
  }

  /** The text with `***` for each secret, and a blank for each control character. */
  apply(text: string): string {
    const bytes = bytesOf(text);
    let shown = "";
    let length = 0;
    let at = 0;
    while (at < bytes.length) {
      if (length >= LONGEST) {
        return `${shown}…`;
      }
      const from = at;
      const hidden = this.#secrets.map((secret) => stretch(bytes, from, secret)).find((end) => end !== undefined);
      const letter = hidden === undefined ? letterAt(bytes, at) : "***";
      at = hidden ?? at + byteCount(bytes[at] ?? 0);
      length += hidden === undefined ? at - from : 3;
      shown += /^[\u0000-\u001f\u007f-\u009f]$/u.test(letter) ? " " : letter;
    }
    return shown;
  }
}

function spellings(secret: string): string[] {
  const bytes = bytesOf(secret);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  // Without what fills up the last group: it may be there or not.
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/=+$/u, "");
  return [secret, hex, hex.toUpperCase(), base64, base64.replaceAll("+", "-").replaceAll("/", "_")];
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function byteCount(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function letterAt(bytes: Uint8Array, at: number): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at, at + byteCount(bytes[at] ?? 0)));
}

/** Where a secret that begins here ends, in whatever way it is encoded: as it is, or percent-encoded once or twice. */
function stretch(text: Uint8Array, at: number, secret: Uint8Array): number | undefined {
  return (
    follow(text, at, secret, 0, FORKS, escaped) ??
    follow(text, at, secret, 0, FORKS, percent("%")) ??
    follow(text, at, secret, 0, FORKS, percent("%25"))
  );
}

/** The place behind one byte that is encoded. */
type Manner = (text: Uint8Array, at: number, byte: number) => number | undefined;

function follow(
  text: Uint8Array,
  from: number,
  secret: Uint8Array,
  start: number,
  forks: number,
  manner: Manner,
): number | undefined {
  let at = from;
  for (let index = start; index < secret.length; index += 1) {
    const byte = secret[index] ?? 0;
    const plain = text[at] === byte ? at + 1 : undefined;
    const encoded = manner(text, at, byte);
    if (plain !== undefined && encoded !== undefined && forks > 0) {
      return (
        follow(text, encoded, secret, index + 1, forks - 1, manner) ??
        follow(text, plain, secret, index + 1, forks - 1, manner)
      );
    }
    const next = encoded ?? plain;
    if (next === undefined) {
      return undefined;
    }
    at = next;
  }
  return at;
}

const ESCAPES: Readonly<Record<string, readonly string[]>> = {
  '"': ['\\"', "&quot;", "&#34;"],
  "'": ["\\u0027", "\\'", "&apos;", "&#39;"],
  "&": ["\\u0026", "&amp;"],
  "<": ["\\u003c", "&lt;"],
  ">": ["\\u003e", "&gt;"],
  "\\": ["\\\\"],
  "/": ["\\/"],
};

function escaped(text: Uint8Array, at: number, byte: number): number | undefined {
  const escapes = ESCAPES[String.fromCharCode(byte)];
  const found = escapes?.find((escape) => ascii(text, at, escape.length).toLowerCase() === escape);
  return found === undefined ? undefined : at + found.length;
}

function percent(mark: string): Manner {
  return (text, at, byte) => {
    const hex = byte.toString(16).padStart(2, "0");
    if (ascii(text, at, mark.length + 2).toLowerCase() === mark + hex) {
      return at + mark.length + 2;
    }
    return byte === 0x20 && text[at] === 0x2b ? at + 1 : undefined;
  };
}

function ascii(text: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...text.subarray(at, at + length));
}
