/** How violations read, in English and in Chinese: what is wrong, what would be right, and why. */

import { decimal, isMembers, numberText, writeJson, type Value } from "./json.js";
import { didYouMean } from "./similar.js";
import { isSensitive, type Rule, type Shape } from "./table.js";
import type { Message } from "./violation.js";

/** Why something is demanded: a rule's condition in words. */
export type Reason = Message;

/** It always is. */
export const ALWAYS: Reason = { en: "", zh: "" };

/** The rule says so. */
export function reasonOf(rule: Rule): Reason {
  return { en: rule.en === "" ? "" : ` ${rule.en}`, zh: rule.zh === "" ? "" : `${rule.zh}，` };
}

/** The text that travels, and that values are compared by: `true`, `30`, `1.5`; lists and objects as compact JSON. */
export function textOf(value: Value): string {
  return typeof value === "string" ? value : writeJson(value);
}

/** What is to be said of a value. */
export interface Subject {
  /** Where it stands. */
  readonly path: string;
  /** The value. */
  readonly value: Value;
  /** What the value is declared to be. */
  readonly shape: Shape;
  /** It is part of something sensitive. */
  readonly hidden: boolean;
  /** Why something is demanded of it. */
  readonly reason: Reason;
}

function isHidden(subject: Subject): boolean {
  return subject.hidden || isSensitive(subject.shape);
}

function join(subject: Subject, found: Message, must: Message): Message {
  return {
    en: `${found.en}: ${must.en}${subject.reason.en}`,
    zh: `${found.zh}：${subject.reason.zh}${must.zh}`,
  };
}

/** "`P` is `x`: it must be …" */
function must(subject: Subject, en: string, zh: string): Message {
  return join(subject, found(subject, quote(textOf(subject.value))), { en, zh });
}

function found(subject: Subject, value: string): Message {
  const { path } = subject;
  return isHidden(subject)
    ? { en: `\`${path}\` does not fit`, zh: `\`${path}\` 的值不合要求` }
    : { en: `\`${path}\` is ${value}`, zh: `\`${path}\` 的值为 ${value}` };
}

/** "`P` is 7 long: its length in elements must be …" */
function counted(subject: Subject, count: number, bounds: Message, unit: Message): Message {
  const { path } = subject;
  const long = isHidden(subject)
    ? found(subject, "")
    : { en: `\`${path}\` is ${String(count)} long`, zh: `\`${path}\` 的长度为 ${String(count)}` };
  return join(subject, long, {
    en: `its length in ${unit.en} must be ${bounds.en}`,
    zh: `${unit.zh}数必须${bounds.zh}`,
  });
}

/** Not one of the values that are known; `binding` if these are the only ones. */
export function value(subject: Subject, known: readonly string[], binding: boolean): Message {
  const message = binding
    ? must(subject, `it must be ${list(known, OR).en}`, `必须为 ${list(known, OR).zh}`)
    : must(subject, `the documented values are ${list(known, AND).en}`, `文档列出的取值为 ${list(known, AND).zh}`);
  return isHidden(subject) ? message : suggest(message, textOf(subject.value), known);
}

/** A number beyond its bounds. */
export function range(subject: Subject, shape: Shape): Message {
  const { en, zh } = bounds([
    [shape.minimum, "at least", "不小于"],
    [shape.exclusiveMinimum, "above", "大于"],
    [shape.maximum, "at most", "不大于"],
    [shape.exclusiveMaximum, "below", "小于"],
  ]);
  return must(subject, `it must be ${en}`, `必须${zh}`);
}

/** A text that is too short or too long. */
export function length(subject: Subject, count: number, shape: Shape): Message {
  return counted(subject, count, leastAndMost(shape.minLength, shape.maxLength), { en: "characters", zh: "字符" });
}

/** Too few or too many elements. */
export function items(subject: Subject, count: number, shape: Shape): Message {
  return counted(subject, count, leastAndMost(shape.minItems, shape.maxItems), { en: "elements", zh: "元素" });
}

/** A text that does not match its expression. */
export function pattern(subject: Subject, expression: string): Message {
  return must(subject, `it must match \`${expression}\``, `必须匹配 \`${expression}\``);
}

/** A text that is not what it stands for. */
export function format(subject: Subject, name: string): Message {
  return must(subject, `it must be of the format \`${name}\``, `必须符合 \`${name}\` 格式`);
}

/** A value of another type. */
export function kind(subject: Subject): Message {
  const { path, shape } = subject;
  const expected = EXPECTED[shape.kind];
  let what = typeFound(subject.value);
  if ((typeof subject.value === "number" || typeof subject.value === "bigint") && !isHidden(subject)) {
    const number = numberText(subject.value);
    what = { en: `the number ${number}`, zh: `数字 ${number}` };
  }
  return join(
    subject,
    { en: `\`${path}\` is ${what.en}`, zh: `\`${path}\` 是${what.zh}` },
    { en: `it must be ${expected.en}`, zh: `必须是${expected.zh}` },
  );
}

/** The request itself is no object. */
export function requestType(request: Value): Message {
  const { en, zh } = typeFound(request);
  return { en: `the request is ${en}: it must be an object`, zh: `请求是${zh}：必须是对象` };
}

/** What stands for several parameters is no object. */
export function groupType(name: string, given: Value): Message {
  const { en, zh } = typeFound(given);
  return {
    en: `\`${name}\` is ${en}: it must be an object of the parameters \`${name}.…\``,
    zh: `\`${name}\` 是${zh}：必须是由参数 \`${name}.…\` 组成的对象`,
  };
}

/** Text that should hold JSON and does not. */
export function json(path: string, line: number, column: number): Message {
  return {
    en: `\`${path}\` does not hold JSON: it breaks at line ${String(line)}, column ${String(column)}`,
    zh: `\`${path}\` 不是合法的 JSON：第 ${String(line)} 行第 ${String(column)} 列出错`,
  };
}

/** What is required is absent. */
export function missing(path: string, reason: Reason): Message {
  return { en: `\`${path}\` is missing: it is required${reason.en}`, zh: `缺少 \`${path}\`：${reason.zh}必填` };
}

/** Given where a rule forbids it. */
export function forbidden(path: string, reason: Reason): Message {
  return {
    en: `\`${path}\` is given: it is not allowed${reason.en}`,
    zh: `指定了 \`${path}\`：${reason.zh}不允许指定`,
  };
}

/** Given where it has no effect. */
export function ignored(path: string, reason: Reason): Message {
  return { en: `\`${path}\` is given: it has no effect${reason.en}`, zh: `指定了 \`${path}\`：${reason.zh}不起作用` };
}

/** Of several, none or more than one is given. */
export function exactlyOne(names: readonly string[], given: readonly string[], reason: Reason): Message {
  const all = list(names, AND);
  const those = list(given, AND);
  const [en, zh] = given.length === 0 ? ["none is", "一个也没有指定"] : [`${those.en} are`, `指定了 ${those.zh}`];
  return {
    en: `exactly one of ${all.en} must be given${reason.en}, but ${en}`,
    zh: `${reason.zh}必须且只能指定 ${all.zh} 中的一个，但${zh}`,
  };
}

/** Of several, none is given. */
export function atLeastOne(names: readonly string[], reason: Reason): Message {
  const all = list(names, AND);
  return {
    en: `at least one of ${all.en} must be given${reason.en}`,
    zh: `${reason.zh}至少要指定 ${all.zh} 中的一个`,
  };
}

/** Of several, more than one is given. */
export function atMostOne(names: readonly string[], given: readonly string[], reason: Reason): Message {
  const all = list(names, AND);
  const those = list(given, AND);
  return {
    en: `at most one of ${all.en} may be given${reason.en}, but ${those.en} are`,
    zh: `${reason.zh}最多只能指定 ${all.zh} 中的一个，但指定了 ${those.zh}`,
  };
}

/** Of several, some are given and some are not. */
export function allOrNone(absent: string, names: readonly string[], reason: Reason): Message {
  const all = list(names, AND);
  return {
    en: `\`${absent}\` is missing: ${all.en} must be given together or not at all${reason.en}`,
    zh: `缺少 \`${absent}\`：${reason.zh}${all.zh} 必须同时指定或都不指定`,
  };
}

/** Two that must be the same are not. */
export function equal(first: string, second: string, reason: Reason): Message {
  return {
    en: `\`${second}\` must be the same as \`${first}\`${reason.en}`,
    zh: `${reason.zh}\`${second}\` 必须与 \`${first}\` 相同`,
  };
}

/** No parameter has this name. */
export function unknownParameter(name: string, action: string, known: Iterable<string>): Message {
  const shown = quote(name);
  const message = { en: `${shown} is not a parameter of \`${action}\``, zh: `\`${action}\` 没有参数 ${shown}` };
  return suggest(message, name, known);
}

/** No member has this name. */
export function unknownMember(path: string, name: string, known: Iterable<string>): Message {
  return suggest({ en: `\`${path}\` is not a known member`, zh: `\`${path}\` 不是已知的成员` }, name, known);
}

/** Given flat and nested. */
export function twice(name: string): Message {
  return {
    en: `\`${name}\` is given twice: give it once, flat or nested`,
    zh: `\`${name}\` 指定了两次：只写一次，平铺或嵌套均可`,
  };
}

const EXPECTED: Readonly<Record<Shape["kind"], Message>> = {
  text: { en: "text", zh: "文本" },
  boolean: { en: "`true` or `false`", zh: " `true` 或 `false`" },
  integer: { en: "a whole number of 64 bits", zh: " 64 位整数" },
  number: { en: "a number", zh: "数字" },
  list: { en: "a list", zh: "列表" },
  object: { en: "an object", zh: "对象" },
  json: { en: "a value", zh: "值" },
  any: { en: "a value", zh: "值" },
};

function typeFound(given: Value): Message {
  switch (typeof given) {
    case "string":
      return EXPECTED.text;
    case "boolean":
      return { en: "a boolean", zh: "布尔值" };
    case "number":
    case "bigint":
      return EXPECTED.number;
    default:
      return Array.isArray(given) ? EXPECTED.list : isMembers(given) ? EXPECTED.object : { en: "null", zh: " null" };
  }
}

function suggest(message: Message, written: string, known: Iterable<string>): Message {
  const meant = didYouMean(written, known);
  if (meant === undefined) {
    return message;
  }
  const shown = quote(meant);
  return { en: `${message.en}; did you mean ${shown}?`, zh: `${message.zh}；是否想写 ${shown}？` };
}

function leastAndMost(least: number | undefined, most: number | undefined): Message {
  return bounds([
    [least, "at least", "不小于"],
    [most, "at most", "不大于"],
  ]);
}

function bounds(limits: readonly (readonly [limit: number | undefined, en: string, zh: string])[]): Message {
  const given = limits.flatMap(([limit, en, zh]) => (limit === undefined ? [] : [{ limit: decimal(limit), en, zh }]));
  return {
    en: given.map(({ limit, en }) => `${en} ${limit}`).join(" and "),
    zh: given.map(({ limit, zh }) => `${zh} ${limit}`).join(" 且"),
  };
}

/** The word before the last of a list. */
const AND: Message = { en: "and", zh: "、" };
const OR: Message = { en: "or", zh: " 或 " };

/** Names of a list that are shown. */
const SHOWN = 12;

/** "`A`, `B` or `C`"; of a long list, only the beginning. */
function list(names: readonly string[], word: Message): Message {
  const shown = names.slice(0, SHOWN).map(quote);
  if (names.length > SHOWN) {
    return {
      en: `${shown.join(", ")} ${word.en} ${String(names.length - SHOWN)} others`,
      zh: `${shown.join("、")}等 ${String(names.length)} 个`,
    };
  }
  const last = shown.pop() ?? "";
  return shown.length === 0
    ? { en: last, zh: last }
    : { en: `${shown.join(", ")} ${word.en} ${last}`, zh: `${shown.join("、")}${word.zh}${last}` };
}

/** Letters of a text that are shown. */
const LONGEST = 60;

/** A text between backticks, on one line, of a length that a person reads. */
function quote(text: string): string {
  if (text === "") {
    return '`""`';
  }
  let quoted = "`";
  let position = 0;
  for (const letter of text) {
    if (position === LONGEST) {
      quoted += "…";
      break;
    }
    quoted += control(letter);
    position += 1;
  }
  return `${quoted}\``;
}

function control(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code >= 0x20 && (code < 0x7f || code > 0x9f)) {
    return letter;
  }
  switch (letter) {
    case "\t":
      return "\\t";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    default:
      return `\\u{${code.toString(16)}}`;
  }
}
