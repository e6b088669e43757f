/** A request, a group of parameters, or an object: fields that know their names on the wire. */
export class Group {
  /** The names of required fields that are not filled. */
  missing() {
    const absent = this.constructor.fields.filter((field) => field.required && this[field.name] === undefined);
    return absent.map((field) => field.wire);
  }

  /** Names and texts as they travel: `SourceEndpoint.IP`, `Tag.1.Key`. */
  pairs() {
    return this.constructor.fields.flatMap(({ name, wire }) => spread(wire, this[name]));
  }
}

function spread(name, value) {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => spread(`${name}.${index + 1}`, item));
  if (value instanceof Group) return value.pairs().map(([below, text]) => [`${name}.${below}`, text]);
  return [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
}
