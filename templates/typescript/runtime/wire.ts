/** The wire form: what travels, and where, before percent-encoding. */

import { isMembers, members, type Value } from "./json.js";
import { textOf } from "./message.js";
import { isSensitive, shapeOf, type Parameter, type Place, type Shape, type Table } from "./table.js";
import type { Slots } from "./check.js";
import { JsonError, parseJson } from "./parse.js";

/** A name and a value that travel. Whoever prints it does not see the value. */
export class WireField {
  readonly #value: string;
  readonly #shape: Shape;

  constructor(
    /** The name: a parameter's (`RegionId`) or one made from it (`Tag.1.Key`). */
    readonly name: string,
    value: string,
    shape: Shape = PLAIN,
  ) {
    this.#value = value;
    this.#shape = shape;
  }

  /** The value. It may be sensitive. */
  get value(): string {
    return this.#value;
  }

  /** Whether the value, or something in it, must not be shown. */
  get isSensitive(): boolean {
    return isSensitive(this.#shape);
  }

  /** The secrets in the value: the value itself, or, of JSON, the texts of what is sensitive in it. */
  secrets(): string[] {
    if (!this.isSensitive) {
      return [];
    }
    const secrets: string[] = [];
    const shape = this.#shape;
    const json = ["json", "object", "list", "any"].includes(shape.kind) ? tryJson(this.value) : undefined;
    if (typeof json === "object" && json !== null) {
      gather(shape, false, json, secrets);
    } else if (shape.kind === "list") {
      // Elements that are joined by commas.
      secrets.push(...this.value.split(","));
    }
    if (secrets.length === 0 || shape.sensitive === true) {
      secrets.push(this.value);
    }
    return secrets;
  }
}

const PLAIN: Shape = { kind: "text" };

/** A request as it travels. Within a place, fields are in the order of the action's parameters. */
export type Wire = Readonly<Record<Place, readonly WireField[]>>;

/** The wire form of a request. Names that the table does not know (`others`) travel in the query, if they are given. */
export function wireOf(table: Table, slots: Slots, others: readonly (readonly [string, Value])[] = []): Wire {
  const wire: Record<Place, WireField[]> = { query: [], form: [], header: [], path: [], host: [], body: [] };
  table.parameters.forEach((parameter, index) => {
    const given = slots[index];
    if (given !== undefined && given !== null) {
      add(wire[parameter.place ?? "query"], parameter, given);
    }
  });
  for (const [name, value] of others) {
    spread(wire.query, name, value, PLAIN);
  }
  return wire;
}

/** What travels for a parameter, if that is one field. */
export function valueOf(table: Table, wire: Wire, index: number): string | undefined {
  const parameter = table.parameters[index];
  return wire[parameter?.place ?? "query"].find((field) => field.name === parameter?.name)?.value;
}

/** The wire form with another value for a parameter that is one field, where the parameter's order puts it. */
export function withValue(table: Table, wire: Wire, index: number, value: Value): Wire {
  const parameter = table.parameters[index];
  const slots: Value[] = [];
  slots[index] = value;
  const place = parameter?.place ?? "query";
  const owner = (field: WireField): number =>
    table.parameters.findIndex(({ name }) => field.name === name || field.name.startsWith(`${name}.`));
  const others = wire[place].filter((field) => owner(field) !== index);
  const later = others.findIndex((field) => owner(field) > index);
  const at = later < 0 ? others.length : later;
  return { ...wire, [place]: [...others.slice(0, at), ...wireOf(table, slots)[place], ...others.slice(at)] };
}

/** What is absent, an empty list and an empty object leave no trace; an empty text travels. */
function add(fields: WireField[], parameter: Parameter, given: Value): void {
  const { name, style = "repeat", place } = parameter;
  const shape = shapeOf(parameter.shape);
  const isWhole = place === "body" || shape.kind === "json";
  if (style === "simple" && Array.isArray(given) && !isWhole) {
    const items = (given as readonly Value[]).filter((item) => item !== null && item !== undefined);
    if (items.length > 0) {
      fields.push(new WireField(name, items.map(textOf).join(","), shape));
    }
  } else if ((style === "repeat" || style === "flat") && !isWhole) {
    spread(fields, name, given, shape);
  } else {
    fields.push(new WireField(name, textOf(given), shape));
  }
}

/** One field a scalar: `Tag.1.Key`, from 1. A `null` keeps its place and is not sent. */
function spread(fields: WireField[], name: string, given: Value, shape: Shape): void {
  if (given === null || given === undefined) {
    return;
  }
  if (Array.isArray(given)) {
    const inner = shape.kind === "list" && shape.sensitive !== true ? held(shape) : shape;
    (given as readonly Value[]).forEach((item, index) => {
      spread(fields, `${name}.${String(index + 1)}`, item, inner);
    });
  } else if (isMembers(given)) {
    for (const [member, value] of members(given)) {
      const isOpen = shape.kind === "object" && shape.sensitive !== true;
      spread(fields, `${name}.${member}`, value, isOpen ? (memberShape(shape, member) ?? shape) : shape);
    }
  } else {
    fields.push(new WireField(name, textOf(given), shape));
  }
}

/** The shape of what a list holds, or the JSON in a text. */
function held(shape: Shape): Shape {
  return shape.item === undefined ? PLAIN : shapeOf(shape.item);
}

function memberShape(shape: Shape, name: string): Shape | undefined {
  const inner = shape.members?.find((member) => member.name === name)?.shape;
  const other = shape.others === "welcome" ? undefined : shape.others;
  const found = inner ?? other;
  return found === undefined ? undefined : shapeOf(found);
}

function tryJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) {
      return undefined;
    }
    throw error;
  }
}

function gather(shape: Shape, within: boolean, json: Value, secrets: string[]): void {
  const hidden = within || shape.sensitive === true;
  if (shape.kind === "json") {
    const inner = held(shape);
    // JSON in JSON may be text.
    const opened = typeof json === "string" ? tryJson(json) : json;
    if (opened !== undefined) {
      gather(inner, hidden, opened, secrets);
    } else if (typeof json === "string" && (hidden || isSensitive(inner))) {
      secrets.push(json);
    }
  } else if (Array.isArray(json)) {
    const inner = shape.kind === "list" ? held(shape) : shape;
    for (const item of json as readonly Value[]) {
      gather(inner, hidden, item, secrets);
    }
  } else if (isMembers(json)) {
    for (const [name, value] of members(json)) {
      const inner = shape.kind === "object" ? memberShape(shape, name) : undefined;
      gather(inner ?? PLAIN, hidden, value, secrets);
    }
  } else if (hidden && (typeof json === "string" || typeof json === "number" || typeof json === "bigint")) {
    secrets.push(textOf(json));
  }
}
