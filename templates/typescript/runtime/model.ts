/**
 * Between the objects that programs hold and the values that travel: names of properties and names on the wire, types that
 * have no JSON. Generated modules hold models as data; what they mean is written here.
 */

import { isMembers, isWhole, members, toPlain, type Json, type Value } from "./json.js";
import { JsonError, parseJson } from "./parse.js";
import { Secret } from "./secret.js";

/** What a property holds. */
export type Type =
  | "text"
  | "secret"
  | "boolean"
  | "int32"
  | "int64"
  | "number"
  | "any"
  /** One of documented values, or another text. */
  | readonly ["enum", Readonly<Record<string, string>>]
  | readonly ["list", Type]
  | readonly ["map", Type]
  /** Text that holds JSON of a type: typed, or the text itself. */
  | readonly ["content", Type]
  | readonly ["struct", () => Model];

/** The properties of an object, in the specification's order. */
export type Model = readonly Property[];

/** A property: its name, its name on the wire, what it holds, and, if it is a parameter, the place in the table. */
export type Property = readonly [name: string, wire: string, type: Type, parameter?: number];

/** The property of answers that holds what the specification does not name. */
const OTHERS = "others";

// --- what programs hold -> what travels

/** What travels for what a program holds. What does not fit its type stays what it is: to tell is the checker's affair. */
export function encode(type: Type, given: unknown): Value {
  if (given instanceof Secret) {
    return given.expose();
  }
  if (typeof type === "string" || type[0] === "enum" || typeof given !== "object" || given === null) {
    return given as Value;
  }
  switch (type[0]) {
    case "list":
      return Array.isArray(given) ? encodeList(type[1], given) : (given as Value);
    case "map":
      return isMembers(given as Value)
        ? new Map(
            members(given as Readonly<Record<string, Value>>).map(([name, value]) => [name, encode(type[1], value)]),
          )
        : (given as Value);
    case "content":
      return encode(type[1], given);
    case "struct":
      return Array.isArray(given)
        ? (given as Value)
        : encodeStruct(type[1](), given as Readonly<Record<string, unknown>>);
  }
}

function encodeList(type: Type, given: readonly unknown[]): Value {
  const isPlain = typeof type === "string" && type !== "secret";
  return isPlain ? (given as readonly Value[]) : given.map((item) => encode(type, item));
}

function encodeStruct(model: Model, given: Readonly<Record<string, unknown>>): Value {
  const out = new Map<string, Value>();
  let found = 0;
  for (const property of model) {
    const value = given[property[0]];
    if (value !== undefined) {
      found += 1;
      out.set(property[1], encode(property[2], value));
    }
  }
  if (Object.keys(given).length > found) {
    for (const [name, value] of unknownOf(model, given)) {
      out.set(name, value);
    }
  }
  return out;
}

/** Puts the parameters of a request into their slots; gives what it holds under names that it does not have. */
export function encodeRequest(
  model: Model,
  given: Readonly<Record<string, unknown>>,
  slots: Value[],
  prefix = "",
): [string, Value][] {
  const unknown: [string, Value][] = [];
  let found = 0;
  for (const property of model) {
    const value = given[property[0]];
    if (value === undefined || value === null) {
      continue;
    }
    found += 1;
    const type = property[2];
    const parameter = property[3];
    if (parameter !== undefined) {
      slots[parameter] = encode(type, value);
    } else if (typeof type !== "string" && type[0] === "struct" && isMembers(value as Value)) {
      const group = property[1].endsWith(".*") ? property[1].slice(0, -2) : property[1];
      const inner = encodeRequest(type[1](), value as Readonly<Record<string, unknown>>, slots, `${prefix}${group}.`);
      unknown.push(...inner);
    } else {
      unknown.push([prefix + property[1], value as Value]);
    }
  }
  if (Object.keys(given).length > found) {
    unknown.unshift(...unknownOf(model, given).map(([name, value]): [string, Value] => [prefix + name, value]));
  }
  return unknown;
}

/** What an object has beside its model: a slip of the pen that no compiler has seen, or what nobody has documented yet. */
function unknownOf(model: Model, given: Readonly<Record<string, unknown>>): [string, Value][] {
  const unknown: [string, Value][] = [];
  for (const name of Object.keys(given)) {
    const value = given[name] as Value;
    if (value === undefined || model.some(([known]) => known === name)) {
      continue;
    }
    if (name === OTHERS && isMembers(value)) {
      unknown.push(...members(value).map(([other, held]): [string, Value] => [other, held]));
    } else {
      unknown.push([name, value]);
    }
  }
  return unknown;
}

// --- what has come back -> what programs hold

/**
 * Reads a value; `undefined` if that makes no sense. Lenient: services change, and their documents disagree with them.
 * `true` and `"true"`, `3` and `"3"`, one element and a list of one mean the same.
 */
export function decode(type: Type, json: Value): unknown {
  if (json === null || json === undefined) {
    return undefined;
  }
  if (typeof type === "string") {
    return leaf(type, json);
  }
  switch (type[0]) {
    case "enum": {
      const text = decodeText(json);
      return text === undefined ? undefined : nearest(text, Object.values(type[1]));
    }
    case "list":
      return decodeList(type[1], json);
    case "map":
      return decodeMap(type[1], json);
    case "content":
      return decodeContent(type[1], json);
    case "struct":
      return decodeStruct(type[1](), json);
  }
}

function leaf(type: Type & string, json: Value): unknown {
  switch (type) {
    case "text":
      return decodeText(json);
    case "secret":
      return new Secret(typeof json === "string" ? json : JSON.stringify(toPlain(json), bigText));
    case "boolean":
      return decodeBoolean(json);
    case "int64":
      return decodeWhole(json);
    case "int32": {
      const whole = decodeWhole(json);
      return whole !== undefined && whole >= -(2n ** 31n) && whole < 2n ** 31n ? Number(whole) : undefined;
    }
    case "number":
      return decodeNumber(json);
    default:
      return toPlain(json);
  }
}

function bigText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** A text, a number or a boolean as text. */
export function decodeText(json: Value): string | undefined {
  switch (typeof json) {
    case "string":
      return json;
    case "boolean":
    case "number":
    case "bigint":
      return String(json);
    default:
      return undefined;
  }
}

/** A boolean, in any spelling. */
export function decodeBoolean(json: Value): boolean | undefined {
  switch (typeof json === "string" ? json.trim().toLowerCase() : json) {
    case true:
    case 1:
    case "1":
    case "true":
      return true;
    case false:
    case 0:
    case "0":
    case "false":
      return false;
    default:
      return undefined;
  }
}

const WHOLE = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A whole number of 64 bits, in any spelling. */
export function decodeWhole(json: Value): bigint | undefined {
  if (typeof json === "string" && WHOLE.test(json.trim())) {
    const whole = BigInt(json.trim().replace(/^\+/, ""));
    return isWhole(whole) ? whole : undefined;
  }
  const number = typeof json === "bigint" ? json : decodeNumber(json);
  return number !== undefined && isWhole(number) ? BigInt(number) : undefined;
}

function decodeNumber(json: Value): number | undefined {
  const isText = typeof json === "string" && NUMBER.test(json.trim());
  const number = isText || typeof json === "number" || typeof json === "bigint" ? Number(json) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function isBlank(json: Value): boolean {
  return typeof json === "string" && json.trim() === "";
}

/**
 * A list, or one element without a list around it. An empty text, which XML has for an empty element, is an empty list.
 * One element that does not fit and none of the list does: nothing is dropped in silence.
 */
function decodeList(type: Type, json: Value): readonly unknown[] | undefined {
  const given = Array.isArray(json) ? (json as readonly Value[]) : isBlank(json) ? [] : [json];
  const items = given.filter((item) => item !== null).map((item) => decode(type, item));
  return items.includes(undefined) ? undefined : items;
}

/** Values by any names, in an object without a prototype. */
function decodeMap(type: Type, json: Value): Readonly<Record<string, unknown>> | undefined {
  const out = Object.create(null) as Record<string, unknown>;
  if (!isMembers(json)) {
    return isBlank(json) ? out : undefined;
  }
  for (const [name, value] of members(json)) {
    const decoded = decode(type, value);
    if (decoded === undefined && value !== null) {
      return undefined;
    }
    if (decoded !== undefined) {
      out[name] = decoded;
    }
  }
  return out;
}

function decodeContent(type: Type, json: Value): unknown {
  if (typeof json !== "string") {
    return decode(type, json);
  }
  try {
    return decode(type, parseJson(json, true)) ?? json;
  } catch (error) {
    if (error instanceof JsonError) {
      return json;
    }
    throw error;
  }
}

function decodeStruct(model: Model, json: Value): Readonly<Record<string, unknown>> | undefined {
  if (!isMembers(json) && !isBlank(json)) {
    return undefined;
  }
  const rest = new Map(isMembers(json) ? members(json) : []);
  const out: Record<string, unknown> = {};
  for (const [name, wire, type] of model) {
    const value = rest.get(wire);
    const decoded = decode(type, value);
    if (decoded !== undefined || value === null) {
      rest.delete(wire);
    }
    if (decoded !== undefined) {
      out[name] = decoded;
    } else if (typeof type !== "string" && type[0] === "list") {
      out[name] = [];
    }
  }
  out[OTHERS] = toPlain(rest);
  return out;
}

/** The value that a text means: the same, else the only one that differs in ASCII case alone, else the text itself. */
export function nearest(text: string, known: readonly string[]): string {
  const lower = (letters: string): string => letters.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
  const alike = known.filter((value) => lower(value) === lower(text));
  return !known.includes(text) && alike.length === 1 ? (alike[0] ?? text) : text;
}

// --- what is written with wire names -> what programs hold

/** What does not fit the types of a request: there is no object for it. */
export class Misfit extends Error {
  override readonly name = "Misfit";
}

/** Reads a request by its slots, strictly. */
export function readRequest(model: Model, slots: readonly Value[]): Record<string, unknown> | undefined {
  const out: Record<string, unknown> = {};
  for (const [name, wire, type, parameter] of model) {
    const isGroup = parameter === undefined && typeof type !== "string" && type[0] === "struct";
    const value = isGroup ? readRequest(type[1](), slots) : slots[parameter ?? -1];
    if (value !== undefined && value !== null) {
      out[name] = isGroup ? value : read(type, value as Value, wire);
    }
  }
  return Object.keys(out).length === 0 ? undefined : out;
}

function read(type: Type, json: Value, at: string): unknown {
  const misfit = (): Misfit => new Misfit(`\`${at}\` does not fit its type`);
  if (typeof type === "string") {
    return readLeaf(type, json, misfit);
  }
  switch (type[0]) {
    case "enum":
      return readLeaf("text", json, misfit);
    case "list":
      if (Array.isArray(json)) {
        return (json as readonly Value[]).map((item) => read(type[1], item, at));
      }
      throw misfit();
    case "map":
      if (isMembers(json)) {
        return new Map(members(json).map(([name, value]) => [name, read(type[1], value, at)]));
      }
      throw misfit();
    case "content":
      return typeof json === "string" ? json : read(type[1], json, at);
    case "struct":
      return readStruct(type[1](), json, at, misfit);
  }
}

function readStruct(model: Model, json: Value, at: string, misfit: () => Misfit): Record<string, unknown> {
  if (!isMembers(json)) {
    throw misfit();
  }
  const rest = new Map(members(json));
  const out: Record<string, unknown> = {};
  for (const [name, wire, type] of model) {
    const value = rest.get(wire);
    rest.delete(wire);
    if (value !== undefined && value !== null) {
      out[name] = read(type, value, `${at}.${wire}`);
    }
  }
  if (rest.size > 0) {
    throw misfit();
  }
  return out;
}

function readLeaf(type: Type & string, json: Value, misfit: () => Misfit): Json | Secret | Value {
  switch (type) {
    case "text":
    case "secret":
      if (typeof json === "string") {
        return type === "secret" ? new Secret(json) : json;
      }
      break;
    case "boolean":
      if (typeof json === "boolean") {
        return json;
      }
      break;
    case "any":
      return json;
    default:
      if ((typeof json === "number" || typeof json === "bigint") && (type === "number" || isWhole(json))) {
        return json;
      }
  }
  throw misfit();
}
