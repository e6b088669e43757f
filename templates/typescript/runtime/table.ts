/**
 * What the service demands of a request, as data. Generated modules hold these tables; what they mean is written in the
 * checker. Parameters are named by their place in {@link Table.parameters}.
 */

/** What is known of one action's requests. */
export interface Table {
  /** The action. */
  readonly action: string;
  /** In the order of the specification. */
  readonly parameters: readonly Parameter[];
  /** In the order of the specification. */
  readonly rules: readonly Rule[];
}

/** One request parameter. */
export interface Parameter {
  /** The name on the wire (`SourceEndpoint.IP`). */
  readonly name: string;
  /** The service rejects a request without it. */
  readonly required?: boolean;
  /** Where it travels. */
  readonly place?: Place;
  /** How a list or an object travels. */
  readonly style?: Style;
  /** What the service assumes if it is absent, as it would travel. */
  readonly default?: string;
  /** What it may hold. */
  readonly shape: ShapeOf;
}

/** Where a parameter travels: in the query, if nothing is said. */
export type Place = "query" | "form" | "body" | "path" | "header" | "host";

/** How a list or an object travels: `Tag.1.Key`, if nothing is said; `Tag.Key`, comma-joined, as JSON, as XML. */
export type Style = "repeat" | "flat" | "simple" | "json" | "xml";

/** What a value may be; a function, where a shape may hold itself. */
export type ShapeOf = Shape | (() => Shape);

/** What a value may be. */
export interface Shape {
  /** The type; `json` is text that holds JSON of the shape `item`. */
  readonly kind: "text" | "boolean" | "integer" | "number" | "list" | "object" | "json" | "any";
  /** What a list holds, or the JSON in a text. */
  readonly item?: ShapeOf;
  /** The named members of an object. */
  readonly members?: readonly Member[];
  /** What an object may hold beyond its members: nothing, if nothing is said. */
  readonly others?: "welcome" | ShapeOf;
  /** The documented values, as they travel. */
  readonly values?: readonly string[];
  /** A value that `values` does not list is an error, not advice. */
  readonly closed?: boolean;
  /** Smallest number allowed. */
  readonly minimum?: number;
  /** Largest number allowed. */
  readonly maximum?: number;
  /** The number must be larger than this. */
  readonly exclusiveMinimum?: number;
  /** The number must be smaller than this. */
  readonly exclusiveMaximum?: number;
  /** Fewest code points. */
  readonly minLength?: number;
  /** Most code points. */
  readonly maxLength?: number;
  /** Fewest elements. */
  readonly minItems?: number;
  /** Most elements. */
  readonly maxItems?: number;
  /** What the text must match. */
  readonly pattern?: string;
  /** What the text stands for: the name of a pattern, and the pattern. */
  readonly format?: readonly [name: string, pattern: string];
  /** Never shown. */
  readonly sensitive?: boolean;
}

/** One member of an object. */
export interface Member {
  /** The name on the wire. */
  readonly name: string;
  /** The object is not complete without it. */
  readonly required?: boolean;
  /** What it may hold. */
  readonly shape: ShapeOf;
}

/** What one parameter says about another. */
export interface Rule {
  /** Its id in the specification. */
  readonly id: string;
  /** When it applies; always, if nothing is said. */
  readonly when?: Condition;
  /** What it then demands. */
  readonly effect: Effect;
  /** The service is not expected to reject the request. */
  readonly advice?: boolean;
  /** The condition in words, English: "when `A` is `x` or `y`"; empty for a rule that always applies. */
  readonly en: string;
  /** The condition in words, Chinese. */
  readonly zh: string;
}

/** When a rule applies. */
export type Condition =
  /** The parameter's value or, if it is absent, its default, is one of these. */
  | { readonly is: number; readonly values: readonly string[] }
  /** Each of these is given. */
  | { readonly present: readonly number[] }
  /** The parameter's value (or default) is a number larger than this. */
  | { readonly above: number; readonly bound: number }
  /** The parameter's value (or default) is a number smaller than this. */
  | { readonly below: number; readonly bound: number }
  /** None of these holds. */
  | { readonly not: readonly Condition[] }
  /** Each of these holds. */
  | { readonly all: readonly Condition[] }
  /** One of these holds. */
  | { readonly any: readonly Condition[] }
  /** It always does. */
  | { readonly always: true };

/** What a rule demands of the parameters that it lists. */
export type Effect =
  | {
      readonly do: "require" | "forbid" | "ignore" | "exactly-one" | "at-least-one" | "at-most-one" | "all-or-none";
      readonly to: readonly number[];
    }
  /** The two are the same if both are given. */
  | { readonly do: "equal"; readonly to: readonly number[] }
  /** Each, if given, is of this shape; the shape's `values` are the only ones allowed. */
  | { readonly do: "constrain"; readonly limits: readonly Limit[] };

/** What a rule says of a parameter's value. */
export interface Limit {
  /** The parameter. */
  readonly of: number;
  /** What its value must be. */
  readonly shape: ShapeOf;
}

/** The shape itself. */
export function shapeOf(shape: ShapeOf): Shape {
  return typeof shape === "function" ? shape() : shape;
}

const sensitive = new WeakMap<Shape, boolean>();

/** Whether a value of a shape, or something in it, must not be shown. */
export function isSensitive(shape: Shape): boolean {
  let known = sensitive.get(shape);
  if (known === undefined) {
    known = holdsSecrets(shape, new Set());
    sensitive.set(shape, known);
  }
  return known;
}

/** `seen`: a shape may hold itself. */
function holdsSecrets(shape: Shape, seen: Set<Shape>): boolean {
  if (seen.has(shape)) {
    return false;
  }
  seen.add(shape);
  const inner = (held: ShapeOf): boolean => holdsSecrets(shapeOf(held), seen);
  return (
    shape.sensitive === true ||
    (shape.item !== undefined && inner(shape.item)) ||
    (shape.members ?? []).some((member) => inner(member.shape)) ||
    (shape.others !== undefined && shape.others !== "welcome" && inner(shape.others))
  );
}
