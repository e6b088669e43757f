/** Text that must not be seen. */

/**
 * A password, a key, a token. Whoever prints it sees `***`: in a template, in the console, as JSON. There is no way around
 * that but {@link Secret.expose}.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself: for sending it, never for showing it. */
  expose(): string {
    return this.#text;
  }

  /** Shows nothing. */
  toString(): string {
    return "***";
  }

  /** Shows nothing. */
  toJSON(): string {
    return "***";
  }

  /** Shows nothing: what Node's console and `util.inspect` ask for. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "***";
  }
}
