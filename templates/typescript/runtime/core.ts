/** What models and validators need, and no more: nothing here knows the network. */

export {
  check,
  checkJson,
  fromJson,
  jsonToWire,
  toWire,
  validate,
  ValidationError,
  type Acceptor,
  type Action,
  type AnyAction,
  type AnyWaiter,
  type Api,
  type PagedAction,
  type Paging,
  type Reasons,
  type Untyped,
  type Waiter,
  type With,
} from "./action.js";
export { writeJson, type Json, type Value } from "./json.js";
export { Misfit, type Model, type Property, type Type } from "./model.js";
export { JsonError, parseJson } from "./parse.js";
export { Secret } from "./secret.js";
export type {
  Condition,
  Effect,
  Limit,
  Member,
  Parameter,
  Place,
  Rule,
  Shape,
  ShapeOf,
  Style,
  Table,
} from "./table.js";
export {
  describe,
  hasErrors,
  type Code,
  type Language,
  type Message,
  type Severity,
  type Violation,
} from "./violation.js";
export { WireField, type Wire } from "./wire.js";
