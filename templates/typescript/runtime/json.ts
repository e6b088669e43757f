/** JSON as values, and how a value is written. It never knows a shape, nor how a text is read. */

/** JSON as a program holds it. Whole numbers that a `number` cannot hold are a `bigint`. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [name: string]: Json };

/** JSON as it was written: an object keeps the order of its names, and any name is only a name. */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | { readonly [name: string]: Value };

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/** Whether a number is a whole one of 64 bits. */
export function isWhole(number: number | bigint): boolean {
  if (typeof number === "bigint") {
    return number >= LEAST && number <= MOST;
  }
  // Both bounds are powers of two, hence exact.
  return Number.isInteger(number) && number >= -(2 ** 63) && number < 2 ** 63;
}

/** A number in digits, without an exponent; `null` for what JSON cannot say. */
export function numberText(number: number | bigint): string {
  if (typeof number === "bigint") {
    return number.toString();
  }
  if (isWhole(number) && !Number.isSafeInteger(number)) {
    return BigInt(number).toString();
  }
  return Number.isFinite(number) ? decimal(number) : "null";
}

/** The shortest digits that read back as the number, zeros written out. */
export function decimal(number: number): string {
  const short = String(number);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(short);
  if (parts === null) {
    return short;
  }
  const [, sign = "", head = "", tail = "", power = "0"] = parts;
  const places = Number(power);
  return places < 0
    ? `${sign}0.${"0".repeat(-places - 1)}${head}${tail}`
    : `${sign}${head}${tail}${"0".repeat(places - tail.length)}`;
}

/** A value as compact JSON. */
export function writeJson(value: Value): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
    case "bigint":
      return numberText(value);
    case "object":
      if (Array.isArray(value)) {
        return `[${(value as readonly Value[]).map(writeJson).join(",")}]`;
      }
      if (value !== null) {
        return `{${members(value as Members)
          .map(([name, member]) => `${quoted(name)}:${writeJson(member)}`)
          .join(",")}}`;
      }
      return "null";
    default:
      return "null";
  }
}

/** Something that holds values by name. */
export type Members = ReadonlyMap<string, Value> | Readonly<Record<string, Value>>;

/** Names and values of an object, in its order, without those that are not there at all. */
export function members(object: Members): (readonly [string, Value])[] {
  const all = object instanceof Map ? [...(object as ReadonlyMap<string, Value>)] : Object.entries(object);
  return all.filter(([, value]) => value !== undefined);
}

/** Whether a value holds values by name. */
export function isMembers(value: Value): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON of a value, as plain objects without a prototype: whatever a member is called, it is only a member. */
export function toPlain(value: Value): Json {
  if (Array.isArray(value)) {
    return (value as readonly Value[]).map(toPlain);
  }
  if (isMembers(value)) {
    const plain = Object.create(null) as Record<string, Json>;
    for (const [name, member] of members(value)) {
      plain[name] = toPlain(member);
    }
    return plain;
  }
  return value === undefined ? null : (value as Json);
}

const SPECIAL = /[\u0000-\u001f"\\]/;
const SPECIALS = /[\u0000-\u001f"\\]/g;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

function quoted(text: string): string {
  if (!SPECIAL.test(text)) {
    return `"${text}"`;
  }
  const escaped = text.replace(
    SPECIALS,
    (sign) => SHORT[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}
