/** A request that is given as JSON: wire names flat, nested or both. */

import { violation, type Slots } from "./check.js";
import { isMembers, members, type Value } from "./json.js";
import * as message from "./message.js";
import type { Table } from "./table.js";
import type { Violation } from "./violation.js";

/** A request by the place of its parameters, and what it holds beside them. */
export interface Filled {
  /** The values. */
  readonly slots: Slots;
  /** What is wrong with the names, in the request's order. */
  readonly violations: readonly Violation[];
  /** What is given under names that the table does not know. */
  readonly others: readonly (readonly [name: string, value: Value])[];
}

/** Puts every parameter that is given into its slot. */
export function fill(table: Table, request: Value): Filled {
  const filling = new Filling(table);
  if (isMembers(request)) {
    for (const [name, value] of members(request)) {
      filling.give(name, value);
    }
  } else {
    filling.violations.push(violation("type", "", message.requestType(request)));
  }
  return filling;
}

class Filling implements Filled {
  readonly slots: Value[] = [];
  readonly violations: Violation[] = [];
  readonly others: [string, Value][] = [];
  readonly #table: Table;
  readonly #names: Names;

  constructor(table: Table) {
    this.#table = table;
    this.#names = namesOf(table);
  }

  give(name: string, value: Value): void {
    if (value === null || value === undefined) {
      return;
    }
    const index = this.#names.places.get(name);
    if (index !== undefined) {
      if (this.slots[index] === undefined) {
        this.slots[index] = value;
      } else {
        this.violations.push(violation("unknown-parameter", name, message.twice(name)));
      }
    } else if (!this.#names.groups.has(name)) {
      this.#unknown(name, value);
    } else if (isMembers(value)) {
      for (const [member, inner] of members(value)) {
        this.give(`${name}.${member}`, inner);
      }
    } else {
      this.violations.push(violation("type", name, message.groupType(name, value)));
      this.others.push([name, value]);
    }
  }

  #unknown(name: string, value: Value): void {
    const known = this.#table.parameters.map((parameter) => parameter.name);
    const text = message.unknownParameter(name, this.#table.action, known);
    this.violations.push(violation("unknown-parameter", name, text));
    this.others.push([name, value]);
  }
}

/** The names of a table: where parameters stand, and what begins with a dot behind it. */
interface Names {
  readonly places: ReadonlyMap<string, number>;
  readonly groups: ReadonlySet<string>;
}

const known = new WeakMap<Table, Names>();

function namesOf(table: Table): Names {
  let names = known.get(table);
  if (names === undefined) {
    const places = new Map(table.parameters.map((parameter, index) => [parameter.name, index]));
    const groups = new Set<string>();
    for (const name of places.keys()) {
      for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
        groups.add(name.slice(0, dot));
      }
    }
    names = { places, groups };
    known.set(table, names);
  }
  return names;
}
