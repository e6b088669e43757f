/** Answers in pages: asks for one after the other and knows when to stop. It never knows how a call is made. */

import type { PagedAction } from "./action.js";
import type { Answer } from "./answer.js";
import { fieldsAt, textsAt } from "./field.js";
import { isMembers, members, writeJson, type Value } from "./json.js";
import { decode, decodeWhole } from "./model.js";

/** Pages in a row that may have the same items while something else in them changes. */
const SAME = 3;

/** Makes a call with a parameter set to a value; `undefined`: as the request is. */
export type Turn = (value: Value) => Promise<Answer>;

/** The pages, from the one that the request asks for (`given`), or else the first. Nothing is called before it is asked for. */
export async function* turnPages<I extends object, O>(
  action: PagedAction<I, O>,
  given: string | undefined,
  turn: Turn,
): AsyncGenerator<Answer, void, undefined> {
  const { paging } = action;
  const way = paging.token === undefined ? new Numbers(paging.total ?? "", given) : new Tokens(paging.token, given);
  for (;;) {
    const answer = await turn(way.asked());
    const items = fieldsAt(answer.value, paging.items);
    const step = way.step(answer.value, items);
    if (step === "beyond") {
      return;
    }
    if (step !== "page" && step !== "last") {
      throw answer.unreadable(action.action, step.stuck);
    }
    yield answer;
    if (step === "last") {
      return;
    }
  }
}

/** The items of a page. One that cannot be read is an error. */
export function itemsOf<I extends object, O, T>(action: PagedAction<I, O, T>, page: Answer): T[] {
  const { items, type } = action.paging;
  return fieldsAt(page.value, items).map((item) => {
    const decoded = decode(type, item);
    if (decoded === undefined) {
      throw page.unreadable(action.action, `an element of \`${items}\` is not what it is known to be`);
    }
    return decoded as T;
  });
}

/** What a page means for the way through all of them: `beyond`: it is empty, and pages came before it. */
type Step = "page" | "last" | "beyond" | { readonly stuck: string };

/** By its number, from 1, until as many items have come as the answer says there are. */
class Numbers {
  readonly #total: string;
  #page: bigint;
  #seen = 0n;
  #last: Print | undefined;

  constructor(total: string, given: string | undefined) {
    this.#total = total;
    this.#page = decodeWhole(given) ?? 1n;
  }

  asked(): Value {
    return this.#page;
  }

  step(body: Value, items: readonly Value[]): Step {
    if (items.length === 0) {
      return this.#last === undefined ? "last" : "beyond";
    }
    const print = printOf(body, items, this.#last);
    if (print === undefined) {
      const page = this.#page.toString();
      return { stuck: `page ${page} is the page before it once more: the service does not turn pages` };
    }
    const count = BigInt(items.length);
    if (this.#last === undefined && this.#page > 1n) {
      // Who begins in the middle leaves out at least so many, unless pages differ in size.
      this.#seen = (this.#page - 1n) * count;
    }
    this.#last = print;
    this.#seen += count;
    this.#page += 1n;
    const total = fieldsAt(body, this.#total)
      .map(decodeWhole)
      .find((whole) => whole !== undefined);
    return total === undefined || this.#seen < total ? "page" : "last";
  }
}

/** By a token that the answer holds, until it holds none. */
class Tokens {
  readonly #field: string;
  readonly #used = new Set<string>();
  #token: string | undefined;

  constructor(field: string, given: string | undefined) {
    this.#field = field;
    this.#token = given;
    if (given !== undefined) {
      this.#used.add(given);
    }
  }

  asked(): Value {
    return this.#token;
  }

  step(body: Value): Step {
    const [next] = textsAt(body, this.#field);
    if (next === undefined) {
      return "last";
    }
    if (this.#used.has(next)) {
      return { stuck: `\`${this.#field}\` is one that was followed before: the pages form a ring` };
    }
    this.#used.add(next);
    this.#token = next;
    return "page";
  }
}

/** What a page looks like, to know it again. */
interface Print {
  readonly whole: string;
  readonly items: string;
  /** How many pages in a row have had these items. */
  readonly times: number;
}

/** Of a page, given the one before it; nothing if it is that page once more. */
function printOf(body: Value, items: readonly Value[], last: Print | undefined): Print | undefined {
  const told = isMembers(body) ? members(body).filter(([name]) => name.toLowerCase() !== "requestid") : [];
  const print = { whole: writeJson(told), items: writeJson(items) };
  const times = last?.items === print.items ? last.times + 1 : 1;
  return last?.whole === print.whole || times >= SAME ? undefined : { ...print, times };
}
