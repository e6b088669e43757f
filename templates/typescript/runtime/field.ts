/** Fields of an answer by dotted path: `PrecheckStatus.Detail`. Of a list on the way, every element is looked into. */

import { isMembers, members, type Value } from "./json.js";
import { decodeText } from "./model.js";

/**
 * Everything that a path leads to, in the answer's order, lists opened. What is absent, `null` or, as XML writes an empty
 * list, a blank text leads to nothing.
 */
export function fieldsAt(json: Value, path: string | undefined): Value[] {
  if (Array.isArray(json)) {
    return (json as readonly Value[]).flatMap((item) => fieldsAt(item, path));
  }
  if (json === null || json === undefined || (typeof json === "string" && json.trim() === "")) {
    return [];
  }
  if (path === undefined) {
    return [json];
  }
  if (!isMembers(json)) {
    return [];
  }
  const named = new Map(members(json));
  // A name may hold a dot itself.
  if (named.has(path)) {
    return fieldsAt(named.get(path), undefined);
  }
  const dot = path.indexOf(".");
  return dot < 0 ? [] : fieldsAt(named.get(path.slice(0, dot)), path.slice(dot + 1));
}

/** The texts that a path leads to; numbers and booleans as they are written. */
export function textsAt(json: Value, path: string): string[] {
  return fieldsAt(json, path)
    .map(decodeText)
    .filter((text) => text !== undefined);
}
