/** What a table means for a request: parameters in the table's order, then names that nobody knows, then rules. */

import { isMembers, isWhole, members, type Members, type Value } from "./json.js";
import * as message from "./message.js";
import { JsonError, parseJson } from "./parse.js";
import { pathText, type Path } from "./path.js";
import { matches } from "./pattern.js";
import { checkRule } from "./rule.js";
import { shapeOf, type Member, type Rule, type Shape, type ShapeOf, type Table } from "./table.js";
import type { Code, Message, Severity, Violation } from "./violation.js";

/** The values of a request, by the place of their parameter. What is absent is `undefined`, never `null`. */
export type Slots = readonly Value[];

/** All violations of a request; `unknown` are those of its names. */
export function checkSlots(table: Table, slots: Slots, unknown: readonly Violation[]): Violation[] {
  const violations: Violation[] = [];
  table.parameters.forEach((parameter, index) => {
    const given = slots[index];
    if (given !== undefined) {
      checkValue(given, shapeOf(parameter.shape), parameter.name, false, violations);
    } else if (parameter.required === true) {
      report(violations, "missing", parameter.name, message.missing(parameter.name, message.ALWAYS));
    }
  });
  violations.push(...unknown);
  for (const rule of table.rules) {
    checkRule(rule, table, slots, violations);
  }
  return violations;
}

/** A violation that no rule is about. */
export function violation(code: Code, path: string, text: Message, severity: Severity = "error"): Violation {
  return { code, path, severity, message: text };
}

function report(violations: Violation[], code: Code, path: string, text: Message): void {
  violations.push(violation(code, path, text));
}

/** `hidden`: the value is part of something sensitive. */
function checkValue(given: Value, shape: Shape, path: Path, hidden: boolean, violations: Violation[]): void {
  if (!fits(given, shape)) {
    const at = pathText(path);
    report(violations, "type", at, message.kind({ path: at, value: given, shape, hidden, reason: message.ALWAYS }));
    return;
  }
  const held = opened(given, shape);
  if (held instanceof JsonError) {
    const at = pathText(path);
    report(violations, "json", at, message.json(at, held.line, held.column));
    return;
  }
  checkLimits(held, shape, shape, path, hidden, undefined, violations);
  const inside = hidden || shape.sensitive === true;
  switch (shape.kind) {
    case "list":
      if (shape.item !== undefined) {
        const item = shapeOf(shape.item);
        (held as readonly Value[]).forEach((value, step) => {
          checkValue(value ?? null, item, { before: path, step }, inside, violations);
        });
      }
      break;
    case "object":
      checkMembers(held as Members, shape, path, inside, violations);
      break;
    case "json":
      if (shape.item !== undefined) {
        checkValue(held, shapeOf(shape.item), { before: path, step: undefined }, inside, violations);
      }
      break;
    default:
  }
}

const NONE: readonly Member[] = [];

function checkMembers(object: Members, shape: Shape, path: Path, hidden: boolean, violations: Violation[]): void {
  const known = shape.members ?? NONE;
  const given = object instanceof Map ? (object as ReadonlyMap<string, Value>) : new Map(members(object));
  let found = 0;
  for (const member of known) {
    const value = given.get(member.name);
    if (value !== undefined) {
      found += 1;
    }
    const step: Path = { before: path, step: member.name };
    if (value !== undefined && value !== null) {
      checkValue(value, shapeOf(member.shape), step, hidden, violations);
    } else if (member.required === true) {
      const at = pathText(step);
      report(violations, "missing", at, message.missing(at, message.ALWAYS));
    }
  }
  if (given.size > found && shape.others !== "welcome") {
    for (const [name, value] of given) {
      if (value !== null && value !== undefined && !known.some((member) => member.name === name)) {
        checkOther(name, value, known, shape.others, { before: path, step: name }, hidden, violations);
      }
    }
  }
}

function checkOther(
  name: string,
  value: Value,
  known: readonly Member[],
  others: ShapeOf | undefined,
  path: Path,
  hidden: boolean,
  violations: Violation[],
): void {
  if (others === undefined) {
    const at = pathText(path);
    const names = known.map((member) => member.name);
    report(violations, "unknown-parameter", at, message.unknownMember(at, name, names));
  } else {
    checkValue(value, shapeOf(others), path, hidden, violations);
  }
}

/** The value; of a text that is there to hold JSON, the JSON, or why it is none. */
export function opened(given: Value, shape: Shape): Value | JsonError {
  if (shape.kind !== "json" || typeof given !== "string") {
    return given;
  }
  try {
    return parseJson(given);
  } catch (error) {
    if (error instanceof JsonError) {
      return error;
    }
    throw error;
  }
}

function fits(given: Value, shape: Shape): boolean {
  switch (shape.kind) {
    case "text":
      return typeof given === "string";
    case "boolean":
      return typeof given === "boolean";
    case "integer":
      return (typeof given === "number" || typeof given === "bigint") && isWhole(given);
    case "number":
      return typeof given === "bigint" || (typeof given === "number" && Number.isFinite(given));
    case "list":
      return Array.isArray(given);
    case "object":
      return isMembers(given);
    // What JSON holds is up to the shape inside.
    case "json":
    case "any":
      return true;
  }
}

/** Checks what a shape says beside types, its own or that of a rule: of the value, not of what is in it. */
export function checkLimits(
  given: Value,
  declared: Shape,
  shape: Shape,
  path: Path,
  hidden: boolean,
  rule: Rule | undefined,
  violations: Violation[],
): void {
  const reason = rule === undefined ? message.ALWAYS : message.reasonOf(rule);
  const subject = (): message.Subject => ({ path: pathText(path), value: given, shape: declared, hidden, reason });
  const violate = (code: Code, text: Message): void => {
    violations.push(
      rule !== undefined
        ? ofRule(rule, code, pathText(path), text)
        : violation(code, pathText(path), text, code === "value" && shape.closed !== true ? "advice" : "error"),
    );
  };
  if (shape.values !== undefined && !shape.values.includes(message.textOf(given))) {
    violate("value", message.value(subject(), shape.values, shape.closed === true || rule !== undefined));
  }
  if (typeof given === "number" || typeof given === "bigint") {
    if (isOutOfRange(Number(given), shape)) {
      violate("range", message.range(subject(), shape));
    }
  } else if (typeof given === "string") {
    if (shape.minLength !== undefined || shape.maxLength !== undefined) {
      const count = codePoints(given);
      if (isBeyond(count, shape.minLength, shape.maxLength)) {
        violate("length", message.length(subject(), count, shape));
      }
    }
    if (shape.pattern !== undefined && !matches(shape.pattern, given)) {
      violate("pattern", message.pattern(subject(), shape.pattern));
    }
    if (shape.format !== undefined && !matches(shape.format[1], given)) {
      violate("format", message.format(subject(), shape.format[0]));
    }
  } else if (Array.isArray(given) && isBeyond(given.length, shape.minItems, shape.maxItems)) {
    violate("items", message.items(subject(), given.length, shape));
  }
}

/** A violation of a rule. */
export function ofRule(rule: Rule, code: Code, path: string, text: Message): Violation {
  return { code, path, rule: rule.id, severity: rule.advice === true ? "advice" : "error", message: text };
}

function isOutOfRange(number: number, shape: Shape): boolean {
  return (
    (shape.minimum !== undefined && number < shape.minimum) ||
    (shape.exclusiveMinimum !== undefined && number <= shape.exclusiveMinimum) ||
    (shape.maximum !== undefined && number > shape.maximum) ||
    (shape.exclusiveMaximum !== undefined && number >= shape.exclusiveMaximum)
  );
}

function isBeyond(count: number, least: number | undefined, most: number | undefined): boolean {
  return (least !== undefined && count < least) || (most !== undefined && count > most);
}

/** Letters as every language counts them: what takes two units of UTF-16 is one. */
function codePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const isPair = (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    index += isPair ? 1 : 0;
    count += 1;
  }
  return count;
}
