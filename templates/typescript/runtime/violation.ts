/** What a request does wrong. */

/** A language that messages are written in. */
export type Language = "en" | "zh";

/** The same in both languages. */
export type Message = Readonly<Record<Language, string>>;

/** How grave a violation is: the service is expected to reject the request, or it may work, but probably not as meant. */
export type Severity = "error" | "advice";

/** What kind of violation it is. */
export type Code =
  /** What is required is absent. */
  | "missing"
  /** Nothing has this name, or it is given twice. */
  | "unknown-parameter"
  /** A value of another type. */
  | "type"
  /** Not one of the values that are known. */
  | "value"
  /** A number beyond its bounds. */
  | "range"
  /** A text that is too short or too long. */
  | "length"
  /** A text that does not match its expression. */
  | "pattern"
  /** A text that is not what it stands for. */
  | "format"
  /** Too few or too many elements. */
  | "items"
  /** Text that should hold JSON and does not. */
  | "json"
  /** Absent where a rule requires it. */
  | "required-when"
  /** Given where a rule forbids it. */
  | "forbidden-when"
  /** Given where it has no effect. */
  | "ignored-when"
  /** Of several, none or more than one is given. */
  | "exactly-one"
  /** Of several, none is given. */
  | "at-least-one"
  /** Of several, more than one is given. */
  | "at-most-one"
  /** Of several, some are given and some are not. */
  | "all-or-none"
  /** Two that must be the same are not. */
  | "equal";

/** One thing that a request does wrong. */
export interface Violation {
  /** What kind it is. */
  readonly code: Code;
  /** Where: a wire name (`Tag.2.Key`); inside JSON, a JSON Pointer after `#` (`SynchronizationObjects#/0/DBName`). */
  readonly path: string;
  /** The id of the rule that is broken, if it is one. */
  readonly rule?: string;
  /** How grave it is. */
  readonly severity: Severity;
  /** What is wrong and what would be right, in each language. Never contains a sensitive value. */
  readonly message: Message;
}

/** Whether the service is expected to reject the request. */
export function hasErrors(violations: readonly Violation[]): boolean {
  return violations.some((violation) => violation.severity === "error");
}

/** Violations as text, one a line: `error: …`. */
export function describe(violations: readonly Violation[], language: Language = "en"): string {
  return violations.map((violation) => `${violation.severity}: ${violation.message[language]}`).join("\n");
}
