/**
 * JSON text, read so that nothing is lost.
 *
 * `JSON.parse` reads whole numbers beyond 2^53 as their neighbours, moves names that look like numbers to the front, and
 * takes the last of two equal names in silence. What counts here is the text, so it is read by hand. It never knows a
 * shape.
 */

import type { Value } from "./json.js";

/** Levels that a text may have, as many as every language of this API's clients reads. */
const DEEPEST = 127;

const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/** Why a text is no JSON, and where. The text itself is never part of it. */
export class JsonError extends Error {
  override readonly name = "JsonError";

  constructor(
    /** What is wrong. */
    readonly what: string,
    /** The line, from 1. */
    readonly line: number,
    /** Bytes on the line up to where it breaks. */
    readonly column: number,
  ) {
    super(`${what} at line ${String(line)} column ${String(column)}`);
  }
}

/** What the errors of a text say where it ends too early. */
export const ENDS = "EOF while parsing";

/** What an error says of a name that an object has twice. */
export const TWICE = "a key occurs twice";

/** Reads a text. `unique`: an object with a name twice is refused, else the last value counts. */
export function parseJson(text: string, unique = false): Value {
  return new Reader(text, unique).whole();
}

class Reader {
  readonly #text: string;
  readonly #unique: boolean;
  #at = 0;
  #depth = 0;

  constructor(text: string, unique: boolean) {
    this.#text = text;
    this.#unique = unique;
  }

  whole(): Value {
    const value = this.#value();
    if (this.#peek() !== "") {
      throw this.#broken("trailing characters", 1);
    }
    return value;
  }

  /** The next sign that is no blank; empty at the end. */
  #peek(): string {
    for (;;) {
      const sign = this.#text.charAt(this.#at);
      if (sign !== " " && sign !== "\n" && sign !== "\t" && sign !== "\r") {
        return sign;
      }
      this.#at += 1;
    }
  }

  #value(): Value {
    const sign = this.#peek();
    switch (sign) {
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#list());
      case '"':
        this.#at += 1;
        return this.#string();
      case "n":
        return this.#word("null", null);
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "":
        throw this.#broken(`${ENDS} a value`, 1);
      default:
        if (sign === "-" || isDigit(sign)) {
          return this.#number();
        }
        throw this.#broken("expected value", 1);
    }
  }

  #nested<T>(read: () => T): T {
    if (this.#depth === DEEPEST) {
      throw this.#broken("recursion limit exceeded", 1);
    }
    this.#depth += 1;
    this.#at += 1;
    const value = read();
    this.#at += 1;
    this.#depth -= 1;
    return value;
  }

  #list(): Value[] {
    const items: Value[] = [];
    for (;;) {
      const sign = this.#peek();
      if (sign === "]") {
        return items;
      }
      if (sign === "") {
        throw this.#broken(`${ENDS} a list`, 1);
      }
      if (items.length > 0) {
        this.#comma(sign, "]", "expected `,` or `]`");
      }
      items.push(this.#value());
    }
  }

  #object(): Map<string, Value> {
    const members = new Map<string, Value>();
    let first = true;
    for (;;) {
      let sign = this.#peek();
      if (sign === "}") {
        return members;
      }
      if (sign === "") {
        throw this.#broken(`${ENDS} an object`, 1);
      }
      if (!first) {
        this.#comma(sign, "}", "expected `,` or `}`");
        sign = this.#peek();
      }
      first = false;
      if (sign !== '"') {
        throw this.#broken("key must be a string", 1);
      }
      this.#at += 1;
      const name = this.#string();
      if (this.#unique && members.has(name)) {
        throw this.#broken(TWICE, 0);
      }
      sign = this.#peek();
      if (sign !== ":") {
        throw this.#broken(sign === "" ? `${ENDS} an object` : "expected `:`", 1);
      }
      this.#at += 1;
      members.set(name, this.#value());
    }
  }

  #comma(sign: string, close: string, expected: string): void {
    if (sign !== ",") {
      throw this.#broken(expected, 1);
    }
    this.#at += 1;
    const next = this.#peek();
    if (next === close) {
      throw this.#broken("trailing comma", 1);
    }
    if (next === "") {
      throw this.#broken(`${ENDS} a value`, 1);
    }
  }

  #word<T>(word: string, value: T): T {
    for (let index = 1; index < word.length; index += 1) {
      this.#at += 1;
      const sign = this.#text.charAt(this.#at);
      if (sign !== word.charAt(index)) {
        throw sign === "" ? this.#broken(`${ENDS} a value`, 0) : this.#broken("expected ident", 1);
      }
    }
    this.#at += 1;
    return value;
  }

  #number(): number | bigint {
    const start = this.#at;
    const digits = (): number => {
      const from = this.#at;
      while (isDigit(this.#text.charAt(this.#at))) {
        this.#at += 1;
      }
      return this.#at - from;
    };
    if (this.#text.charAt(this.#at) === "-") {
      this.#at += 1;
    }
    const leading = this.#text.charAt(this.#at);
    if (!isDigit(leading)) {
      throw leading === "" ? this.#broken(`${ENDS} a value`, 0) : this.#broken("invalid number", 1);
    }
    if (leading === "0") {
      this.#at += 1;
      if (isDigit(this.#text.charAt(this.#at))) {
        throw this.#broken("invalid number", 1);
      }
    } else {
      digits();
    }
    let isWhole = true;
    if (this.#text.charAt(this.#at) === ".") {
      isWhole = false;
      this.#at += 1;
      if (digits() === 0) {
        throw this.#broken(this.#text.charAt(this.#at) === "" ? `${ENDS} a value` : "invalid number", 1);
      }
    }
    const mark = this.#text.charAt(this.#at);
    if (mark === "e" || mark === "E") {
      isWhole = false;
      this.#at += 1;
      const sign = this.#text.charAt(this.#at);
      if (sign === "+" || sign === "-") {
        this.#at += 1;
      }
      if (digits() === 0) {
        throw this.#text.charAt(this.#at) === ""
          ? this.#broken(`${ENDS} a value`, 0)
          : this.#broken("invalid number", 1);
      }
    }
    const written = this.#text.slice(start, this.#at);
    const number = Number(written);
    if (!Number.isFinite(number)) {
      throw this.#broken("number out of range", 0);
    }
    if (!isWhole || Number.isSafeInteger(number)) {
      return number;
    }
    const whole = BigInt(written);
    return whole >= LEAST && whole <= MOST ? whole : number;
  }

  /** After the opening quote. */
  #string(): string {
    let out = "";
    let from = this.#at;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) {
        out += this.#text.slice(from, this.#at);
        this.#at += 1;
        return out;
      }
      if (Number.isNaN(code)) {
        throw this.#broken(`${ENDS} a string`, 0);
      }
      if (code < 0x20) {
        throw this.#broken("control character (\\u0000-\\u001F) found while parsing a string", 1);
      }
      if (code === 0x5c) {
        out += this.#text.slice(from, this.#at);
        this.#at += 1;
        out += this.#escape();
        from = this.#at;
      } else {
        this.#at += 1;
      }
    }
  }

  #escape(): string {
    const sign = this.#next();
    switch (sign) {
      case '"':
      case "\\":
      case "/":
        return sign;
      case "b":
        return "\b";
      case "f":
        return "\f";
      case "n":
        return "\n";
      case "r":
        return "\r";
      case "t":
        return "\t";
      case "u":
        return this.#unit();
      default:
        throw this.#broken("invalid escape", 0);
    }
  }

  #next(): string {
    const sign = this.#text.charAt(this.#at);
    if (sign === "") {
      throw this.#broken(`${ENDS} a string`, 0);
    }
    this.#at += 1;
    return sign;
  }

  #unit(): string {
    const first = this.#hex();
    if (first < 0xd800 || first > 0xdfff) {
      return String.fromCharCode(first);
    }
    if (first > 0xdbff) {
      throw this.#broken("lone leading surrogate in hex escape", 0);
    }
    if (this.#next() !== "\\" || this.#next() !== "u") {
      throw this.#broken("unexpected end of hex escape", 0);
    }
    const second = this.#hex();
    if (second < 0xdc00 || second > 0xdfff) {
      throw this.#broken("lone leading surrogate in hex escape", 0);
    }
    return String.fromCharCode(first, second);
  }

  #hex(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    this.#at += digits.length;
    if (digits.length < 4) {
      throw this.#broken(`${ENDS} a string`, 0);
    }
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      throw this.#broken("invalid escape", 0);
    }
    return Number.parseInt(digits, 16);
  }

  /** `ahead`: the sign that is looked at counts, too, if there is one: its first byte. */
  #broken(what: string, ahead: number): JsonError {
    const next = ahead === 0 ? "" : this.#text.charAt(this.#at);
    const read = this.#text.slice(0, this.#at) + (next === "\n" ? next : "");
    const line = read.lastIndexOf("\n") + 1;
    let lines = 1;
    for (let at = read.indexOf("\n"); at >= 0 && at < line; at = read.indexOf("\n", at + 1)) {
      lines += 1;
    }
    const column = byteLength(read.slice(line)) + (next === "" || next === "\n" ? 0 : 1);
    return new JsonError(what, lines, column);
  }
}

function isDigit(sign: string): boolean {
  return sign >= "0" && sign <= "9" && sign.length === 1;
}

/** Bytes of a text in UTF-8. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
