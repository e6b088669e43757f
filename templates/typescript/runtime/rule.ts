/** A request against a rule. */

import { checkLimits, ofRule, opened, type Slots } from "./check.js";
import type { Value } from "./json.js";
import * as message from "./message.js";
import { JsonError } from "./parse.js";
import { shapeOf, type Condition, type Rule, type Table } from "./table.js";
import type { Code, Message, Violation } from "./violation.js";

/** Adds what a request does wrong by a rule. */
export function checkRule(rule: Rule, table: Table, slots: Slots, violations: Violation[]): void {
  if (rule.when !== undefined && !holds(rule.when, table, slots)) {
    return;
  }
  const { effect } = rule;
  switch (effect.do) {
    case "constrain":
      constrain(rule, table, slots, violations);
      return;
    case "require":
    case "forbid":
    case "ignore":
      for (const index of effect.to) {
        if ((slots[index] === undefined) === (effect.do === "require")) {
          violations.push(ofOne(rule, effect.do, table.parameters[index]?.name ?? ""));
        }
      }
      return;
    default:
      checkSeveral(rule, effect.do, effect.to, table, slots, violations);
  }
}

/** A parameter that is absent where it is required, or given where it is forbidden or has no effect. */
function ofOne(rule: Rule, what: "require" | "forbid" | "ignore", name: string): Violation {
  const reason = message.reasonOf(rule);
  switch (what) {
    case "require":
      return ofRule(rule, "required-when", name, message.missing(name, reason));
    case "forbid":
      return ofRule(rule, "forbidden-when", name, message.forbidden(name, reason));
    case "ignore":
      return ofRule(rule, "ignored-when", name, message.ignored(name, reason));
  }
}

function checkSeveral(
  rule: Rule,
  what: "exactly-one" | "at-least-one" | "at-most-one" | "all-or-none" | "equal",
  to: readonly number[],
  table: Table,
  slots: Slots,
  violations: Violation[],
): void {
  const reason = message.reasonOf(rule);
  const names = to.map((index) => table.parameters[index]?.name ?? "");
  const those = (given: boolean): string[] =>
    names.filter((_, index) => (slots[to[index] ?? -1] !== undefined) === given);
  const violate = (code: Code, name: string, text: Message): void => {
    violations.push(ofRule(rule, code, name, text));
  };
  const [first = ""] = names;
  switch (what) {
    case "exactly-one": {
      const given = those(true);
      if (given.length !== 1) {
        violate("exactly-one", given[1] ?? first, message.exactlyOne(names, given, reason));
      }
      break;
    }
    case "at-least-one":
      if (those(true).length === 0) {
        violate("at-least-one", first, message.atLeastOne(names, reason));
      }
      break;
    case "at-most-one": {
      const given = those(true);
      if (given[1] !== undefined) {
        violate("at-most-one", given[1], message.atMostOne(names, given, reason));
      }
      break;
    }
    case "all-or-none": {
      const [absent] = those(false);
      if (absent !== undefined && those(true).length > 0) {
        violate("all-or-none", absent, message.allOrNone(absent, names, reason));
      }
      break;
    }
    case "equal": {
      const [one, other] = to.map((index) => slots[index]);
      const [, second = ""] = names;
      if (one !== undefined && other !== undefined && message.textOf(one) !== message.textOf(other)) {
        violate("equal", second, message.equal(first, second, reason));
      }
    }
  }
}

function constrain(rule: Rule, table: Table, slots: Slots, violations: Violation[]): void {
  for (const limit of rule.effect.do === "constrain" ? rule.effect.limits : []) {
    const [given, parameter] = [slots[limit.of], table.parameters[limit.of]];
    if (given !== undefined && parameter !== undefined) {
      const [declared, shape] = [shapeOf(parameter.shape), shapeOf(limit.shape)];
      const held = opened(given, declared);
      if (!(held instanceof JsonError)) {
        checkLimits(held, declared, shape, parameter.name, shape.sensitive === true, rule, violations);
      }
    }
  }
}

function holds(condition: Condition, table: Table, slots: Slots): boolean {
  if ("is" in condition) {
    const text = textAt(condition.is, table, slots);
    return text !== undefined && condition.values.includes(text);
  }
  if ("present" in condition) {
    return condition.present.every((index) => slots[index] !== undefined);
  }
  if ("above" in condition) {
    const number = numberAt(condition.above, table, slots);
    return number !== undefined && number > condition.bound;
  }
  if ("below" in condition) {
    const number = numberAt(condition.below, table, slots);
    return number !== undefined && number < condition.bound;
  }
  const part = (inner: Condition): boolean => holds(inner, table, slots);
  if ("not" in condition) {
    return !condition.not.some(part);
  }
  if ("all" in condition) {
    return condition.all.every(part);
  }
  return "any" in condition ? condition.any.some(part) : condition.always;
}

/** The value, or else the default, as it travels. */
function textAt(index: number, table: Table, slots: Slots): string | undefined {
  const given = slots[index];
  return given === undefined ? table.parameters[index]?.default : message.textOf(given);
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The value, or else the default, if it is a number or reads as one. */
function numberAt(index: number, table: Table, slots: Slots): number | undefined {
  const given: Value = slots[index] ?? table.parameters[index]?.default;
  const isNumber = typeof given === "number" || typeof given === "bigint";
  const number = isNumber || (typeof given === "string" && NUMBER.test(given)) ? Number(given) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
