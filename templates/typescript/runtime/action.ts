/**
 * An action of the API: what its requests and answers are called, what the service demands of them, and what one can do
 * with a request without sending it. Nothing here, nor anything that it imports, knows the network.
 */

import { checkSlots, violation } from "./check.js";
import { fill } from "./flatten.js";
import type { Json, Value } from "./json.js";
import * as message from "./message.js";
import { encodeRequest, Misfit, readRequest, type Model, type Type } from "./model.js";
import { parseJson } from "./parse.js";
import type { Table } from "./table.js";
import { describe, hasErrors, type Violation } from "./violation.js";
import { wireOf, type Wire } from "./wire.js";

/** A product's version: how its actions are addressed, and where it answers. */
export interface Api {
  /** The product's code. */
  readonly product: string;
  /** The version. */
  readonly version: string;
  /** `rpc`: one path, the action is named in a header; `roa`: the path names the resource. */
  readonly protocol: "rpc" | "roa";
  /** The host for a region that is not listed: `{region}` and `{network}` stand for what they say. */
  readonly pattern?: string;
  /** Hosts by region. */
  readonly regions: readonly (readonly [region: string, host: string])[];
}

/** One action, as data. It says of itself what its requests (`I`) and its answers (`O`) are. */
export interface Action<I extends object = never, O = unknown> extends Table {
  /** What it belongs to. */
  readonly api: Api;
  /** The HTTP method. */
  readonly method: string;
  /** The path: `/`, or with a placeholder for each parameter that travels there. */
  readonly path: string;
  /** What calling it does: it reads, it changes something, it changes something that costs money. */
  readonly effect: "read" | "write" | "spend";
  /** The parameter that makes a repeated call harmless. */
  readonly token?: number;
  /** What a request holds. */
  readonly request: Model;
  /** What an answer holds. */
  readonly response: Model;
  /** There for the compiler alone. */
  readonly types?: readonly [request: (request: I) => void, answer: O];
}

/** An action whose answer comes in pages that list items (`T`). */
export interface PagedAction<I extends object = never, O = unknown, T = unknown> extends Action<I, O> {
  /** How the pages are cut. */
  readonly paging: Paging;
  /** There for the compiler alone. */
  readonly item?: T;
}

/** How an answer is cut into pages. */
export interface Paging {
  /** The parameter that takes the next page's number, or its token. */
  readonly parameter: number;
  /** By number: the field of the answer that says how many items there are in all. */
  readonly total?: string;
  /** By token: the field of the answer that holds the next one. */
  readonly token?: string;
  /** The field of the answer that holds the list. */
  readonly items: string;
  /** What the list holds. */
  readonly type: Type;
}

/** What to wait for: an action to ask again and again, until an answer says yes or no. */
export interface Waiter<I extends object = never, O = unknown> {
  /** Its name. */
  readonly name: string;
  /** What is asked. */
  readonly action: Action<I, O>;
  /** Seconds between two calls. */
  readonly delay: number;
  /** Calls at most. */
  readonly attempts: number;
  /** The first that fits an answer decides; none: ask again. */
  readonly acceptors: readonly Acceptor[];
  /** Where an answer says why something failed. */
  readonly reasons?: Reasons;
}

/** What an answer means for a waiter. */
export interface Acceptor {
  /** What was waited for is there, or will not come, or may still come. */
  readonly state: "success" | "failure" | "retry";
  /** The field of the answer to look at; none: the code of an error. */
  readonly field?: string;
  /** The texts that fit, without regard to ASCII case. */
  readonly values: readonly string[];
}

/** Where an answer says why something failed: the elements of a list. */
export interface Reasons {
  /** The list. */
  readonly items: string;
  /** Only elements with one of these values in a field. */
  readonly only?: readonly [field: string, values: readonly string[]];
  /** The fields that tell what a person should know, in order. */
  readonly show: readonly string[];
}

/** An answer of which the specification says nothing. */
export interface Untyped {
  /** What came. */
  readonly others: Readonly<Record<string, Json>>;
}

/** Any action, whatever it takes and answers. */
export type AnyAction = Action;

/** Any waiter. */
export type AnyWaiter = Waiter;

/** A type with some properties that are there for sure and some that are not there at all. */
export type With<T, Needed extends keyof T, Fixed extends keyof T> = Omit<T, Needed | Fixed> & {
  [K in Needed]-?: Exclude<T[K], undefined>;
};

/** A request breaks what the service demands. */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
  /** The kind of error, for a `switch`. */
  readonly kind = "validation";

  constructor(
    /** The action. */
    readonly action: string,
    /** Everything that is wrong. */
    readonly violations: readonly Violation[],
  ) {
    super(`${action}: ${describe(violations)}`);
  }
}

/** All violations of a request in the specification's order, advice included. */
export function check<I extends object>(action: Action<I>, request: NoInfer<I>): Violation[] {
  const [slots, unknown] = slotsOf(action, request);
  const names = unknown.map(([name]) => {
    const known = action.parameters.map((parameter) => parameter.name);
    return violation("unknown-parameter", name, message.unknownParameter(name, action.action, known));
  });
  return checkSlots(action, slots, names);
}

/**
 * Checks a request against everything that is known of the action. Advice alone is no reason to refuse a request:
 * {@link check} shows it.
 *
 * @throws {@link ValidationError} with all violations, if at least one of them is an error.
 */
export function validate<I extends object>(action: Action<I>, request: NoInfer<I>): void {
  const violations = check(action, request);
  if (hasErrors(violations)) {
    throw new ValidationError(action.action, violations);
  }
}

/** A request as it travels, before percent-encoding. */
export function toWire<I extends object>(action: Action<I>, request: NoInfer<I>): Wire {
  return wireOf(action, slotsOf(action, request)[0]);
}

/** What goes wrong with a request that has no type: an object with wire names, flat, nested or both, or its JSON text. */
export function checkJson(action: AnyAction, request: Value): Violation[] {
  const { slots, violations } = fill(action, request);
  const isObject = typeof request === "object" && request !== null && !Array.isArray(request);
  return isObject ? checkSlots(action, slots, violations) : [...violations];
}

/** The wire form of a request that has no type. Names that nobody knows do not travel, unless `whole` says so. */
export function jsonToWire(action: AnyAction, request: Value, whole = false): Wire {
  const { slots, others } = fill(action, request);
  return wireOf(action, slots, whole ? others : []);
}

/**
 * A request from JSON with wire names, flat, nested or both.
 *
 * @throws {@link Misfit} if it has names or types that the request cannot have; {@link JsonError} if a text is no JSON.
 */
export function fromJson<I extends object>(action: Action<I>, json: string | Value): I {
  const { slots, violations } = fill(action, typeof json === "string" ? parseJson(json, true) : json);
  const [wrong] = violations;
  if (wrong !== undefined) {
    throw new Misfit(wrong.message.en);
  }
  return (readRequest(action.request, slots) ?? {}) as I;
}

function slotsOf<I extends object>(action: Action<I>, request: I): [Value[], [string, Value][]] {
  const slots: Value[] = [];
  const unknown = encodeRequest(action.request, request as Readonly<Record<string, unknown>>, slots);
  return [slots, unknown];
}
