/**
 * From the bytes of an answer to its JSON, or to the error that it stands for.
 *
 * The bytes come from outside: whatever they are, there is an error for them. None holds their text, except what the
 * service says about a failure, and of that no secret of the request.
 */

import type { Action } from "./action.js";
import { DecodeError, ServiceError, ThrottledError, type ServiceFault } from "./error.js";
import { isMembers, members, toPlain, type Json, type Value } from "./json.js";
import { decode, decodeBoolean, decodeText, decodeWhole } from "./model.js";
import { ENDS, JsonError, parseJson, TWICE } from "./parse.js";
import { Redaction } from "./redact.js";

/** An answer that is no failure. The body does not show in the console: it may hold what nobody should see. */
export class Answer {
  readonly #body: Value;

  constructor(
    /** The HTTP status. */
    readonly status: number,
    /** The request's ID. */
    readonly requestId: string | undefined,
    body: Value,
  ) {
    this.#body = body;
  }

  /** What the service says, as it says it. */
  get value(): Value {
    return this.#body;
  }

  /** What the service says, as plain objects. */
  json(): Json {
    return toPlain(this.#body);
  }

  /** The answer as its type. A field that does not fit is no error: it is kept beside the fields. */
  typed<I extends object, O>(action: Action<I, O>): O {
    const typed = decode(["struct", () => action.response], this.#body);
    if (typed === undefined) {
      throw this.unreadable(action.action, "it is not what the action is known to answer");
    }
    return typed as O;
  }

  /** The error for an answer that is well-formed and still makes no sense. */
  unreadable(action: string, reason: string): DecodeError {
    return new DecodeError(action, this.status, this.requestId, reason);
  }
}

/** What came back for a request, before anybody has read it. */
export interface Received {
  /** The action that was called. */
  readonly action: string;
  /** The HTTP status. */
  readonly status: number;
  /** The headers. */
  readonly headers: Headers;
  /** The body, whole and decompressed. */
  readonly body: Uint8Array;
  /** When it came, by this machine's clock. */
  readonly at: Date;
  /** What must not be seen in an error, since services repeat what they were given. */
  readonly secrets: readonly string[];
}

/** Reads what came back. */
export function readAnswer(received: Received): Answer {
  const redaction = new Redaction(received.secrets);
  const body = parse(received);
  if (received.status < 200 || received.status >= 300) {
    throw faultOfStatus(received, redaction, body);
  }
  if (body instanceof Unreadable) {
    const id = requestId(received, redaction, undefined);
    throw new DecodeError(received.action, received.status, id, body.reason);
  }
  const failure = faultOfAnswer(received, redaction, body);
  if (failure !== undefined) {
    throw failure;
  }
  return new Answer(received.status, requestId(received, redaction, body), body);
}

/** Why a body cannot be read, in words of ours. */
class Unreadable {
  constructor(readonly reason: string) {}
}

function parse(received: Received): Value | Unreadable {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(received.body).trim();
  } catch {
    return new Unreadable("it is not UTF-8");
  }
  if (text === "") {
    // Success without content is what some statuses are for.
    return [202, 204, 205].includes(received.status) ? new Map() : new Unreadable("it is empty");
  }
  if (text.startsWith("<")) {
    const isHtml = (received.headers.get("content-type") ?? "").toLowerCase().includes("html");
    return new Unreadable(
      isHtml || /^<(?:!doctype html|html)/iu.test(text)
        ? "it is a web page: a gateway or a proxy wrote it, not the service"
        : "it is XML, which this client does not read",
    );
  }
  try {
    return parseJson(text, true);
  } catch (error) {
    if (!(error instanceof JsonError)) {
      throw error;
    }
    if (error.what.startsWith(ENDS)) {
      return new Unreadable("it is JSON that ends in the middle");
    }
    const place = `at line ${String(error.line)}, column ${String(error.column)}`;
    return new Unreadable(
      error.what === TWICE ? `it is JSON that says a key twice, ${place}` : `it is not JSON: ${error.message}`,
    );
  }
}

/** The error for a status that is no success, whatever the body is. */
function faultOfStatus(received: Received, redaction: Redaction, body: Value | Unreadable): Error {
  const synthesized = `HTTP${String(received.status)}`;
  if (received.status < 400) {
    const message = "redirects are refused: check the endpoint and the proxy settings";
    return fault(received, redaction, synthesized, message, undefined);
  }
  if (body instanceof Unreadable) {
    return fault(received, redaction, synthesized, `the answer cannot be read: ${body.reason}`, undefined);
  }
  const code = text(body, ["Code", "ErrCode", "ErrorCode"]) ?? synthesized;
  return fault(received, redaction, code, text(body, ["Message", "ErrMessage", "ErrorMessage"]) ?? "", body);
}

/** The error for an answer that comes as a success and says that it is none. */
function faultOfAnswer(received: Received, redaction: Redaction, body: Value): Error | undefined {
  if (decodeBoolean(member(body, "Success")) !== false) {
    return undefined;
  }
  const code = text(body, ["ErrCode", "Code", "DynamicCode"]) ?? `HTTP${String(received.status)}`;
  const dynamic = text(body, ["DynamicMessage"]);
  const message = text(body, ["ErrMessage", "Message"]);
  // The message is a sentence with a gap, and the other one is what belongs there.
  const whole = dynamic === undefined ? message : (message?.replace("%s", () => dynamic) ?? dynamic);
  return fault(received, redaction, code, whole ?? "it says `Success: false`", body);
}

/** Seconds from which on a clock that is wrong is worth a word: services allow minutes. */
const SKEW = 60;

/** Details of a refused permission at most. */
const DETAILS = 32;

function fault(
  received: Received,
  redaction: Redaction,
  code: string,
  message: string,
  body: Value,
): ServiceError | ThrottledError {
  const busyMs = whole(received.headers.get("x-acs-retry-after"));
  const laterMs = moment(received.headers.get("retry-after"), received.at);
  const lower = code.toLowerCase();
  const isThrottled =
    received.status === 429 ||
    busyMs !== undefined ||
    lower.includes("throttling") ||
    (received.status === 503 && laterMs !== undefined);
  const recommendation = text(body, ["Recommend"]);
  const found: ServiceFault = {
    action: received.action,
    status: received.status,
    toldStatus: received.status < 300 ? toldStatus(body) : undefined,
    code: redaction.apply(code),
    text: redaction.apply(message.trim()),
    requestId: requestId(received, redaction, body),
    recommendation: recommendation === undefined ? undefined : redaction.apply(recommendation),
    accessDenied: details(member(body, "AccessDeniedDetail"), redaction),
    clockAhead: clockAhead(received, lower),
  };
  return isThrottled ? new ThrottledError(found, busyMs ?? laterMs) : new ServiceError(found);
}

function whole(header: string | null): number | undefined {
  return header !== null && /^\s*\+?\d+\s*$/u.test(header) ? Number(header) : undefined;
}

/** How long a `Retry-After` asks to wait, in milliseconds: it says seconds, or a date. */
function moment(header: string | null, now: Date): number | undefined {
  const seconds = whole(header);
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  const until = date(header);
  return until === undefined ? undefined : Math.max(0, until - Math.floor(now.getTime() / 1000)) * 1000;
}

/** How far this machine's clock is ahead, if the service complains about the time and the difference is the reason. */
function clockAhead(received: Received, code: string): number | undefined {
  const there = /timestamp|timetooskewed/u.test(code) ? date(received.headers.get("date")) : undefined;
  const ahead = there === undefined ? 0 : Math.floor(received.at.getTime() / 1000) - there;
  return Math.abs(ahead) >= SKEW ? ahead : undefined;
}

/** A date as HTTP writes it, in seconds. */
function date(header: string | null): number | undefined {
  const time = header !== null && /[A-Za-z]/u.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

/** The status of a failure that an answer tells under a status of success. */
function toldStatus(body: Value): number | undefined {
  const told = Number(decodeWhole(member(body, "HttpStatusCode")) ?? 0n);
  return told >= 400 && told < 600 ? told : undefined;
}

/** The request's ID: from the body, else from a header. */
function requestId(received: Received, redaction: Redaction, body: Value): string | undefined {
  const id = text(body, ["RequestId"]) ?? received.headers.get("x-acs-request-id") ?? "";
  return id === "" ? undefined : redaction.apply(id);
}

/** The first of these members that says something. */
function text(json: Value, names: readonly string[]): string | undefined {
  const texts = names.map((name) => decodeText(member(json, name))?.trim() ?? "");
  return texts.find((found) => found !== "");
}

/** A member, under its name in any spelling: `RequestId`, `requestId`, `request_id`. */
function member(json: Value, name: string): Value {
  if (!isMembers(json)) {
    return undefined;
  }
  const same = (other: string): boolean => other.replaceAll("_", "").toLowerCase() === name.toLowerCase();
  const all = members(json);
  return (all.find(([other]) => other === name) ?? all.find(([other]) => same(other)))?.[1];
}

/** The members of an object as texts, in its order. */
function details(json: Value, redaction: Redaction): [string, string][] {
  const given = isMembers(json) ? members(json).filter(([, value]) => value !== null) : [];
  return given
    .map(([name, value]): [string, string] => [
      redaction.apply(name),
      redaction.apply(decodeText(value) ?? JSON.stringify(toPlain(value))),
    ])
    .filter(([, value]) => value !== "")
    .slice(0, DETAILS);
}
