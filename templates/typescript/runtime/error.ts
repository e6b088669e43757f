/**
 * What can come of a call instead of an answer: one class a kind, each with a `kind` for a `switch`.
 *
 * No error holds a secret, a URL's query or a body. The message says what went wrong, in which action, under which request
 * ID, and what to do where that is known.
 */

import type { ValidationError } from "./action.js";
import type { Json } from "./json.js";

/** Everything that a call can end with instead of an answer. */
export type CallError =
  | ValidationError
  | ConfigurationError
  | CredentialsError
  | TransportError
  | TimeoutError
  | ThrottledError
  | ServiceError
  | DecodeError
  | MayHaveBeenAppliedError
  | WaitFailedError
  | WaitTimedOutError;

/** The client is set up wrongly, or the request cannot travel: nothing was sent. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  /** The kind of error, for a `switch`. */
  readonly kind = "configuration";
}

/** There is nothing to sign with: nothing was sent. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
  /** The kind of error, for a `switch`. */
  readonly kind = "credentials";

  constructor(
    /** The action. */
    readonly action: string,
    message: string,
  ) {
    super(`${action}: nothing was sent: ${message}`);
  }
}

/** How a connection failed. */
export type TransportFailure =
  /** The request cannot be sent as it is. */
  | "request"
  /** No connection: the service has seen nothing of the request. */
  | "connect"
  /** No encrypted connection that can be trusted: the service has seen nothing of the request. */
  | "tls"
  /** The connection broke. Whether the service has acted is not known. */
  | "interrupted"
  /** The answer is larger than allowed, or cannot be read as HTTP. */
  | "answer";

const FAILURES: Readonly<Record<TransportFailure, string>> = {
  request: "the request cannot be sent",
  connect: "no connection",
  tls: "no encrypted connection that can be trusted",
  interrupted: "the connection broke",
  answer: "the answer cannot be taken",
};

/** No answer came back. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** The kind of error, for a `switch`. */
  readonly kind = "transport";

  constructor(
    /** The action. */
    readonly action: string,
    /** The host. */
    readonly host: string,
    /** How the connection failed. */
    readonly failure: TransportFailure,
    /** The cause in words. */
    readonly reason: string,
  ) {
    super(`${action}: ${FAILURES[failure]}: ${host}: ${reason}${transportAdvice(failure, reason)}`);
  }
}

function transportAdvice(failure: TransportFailure, reason: string): string {
  switch (failure) {
    case "connect":
      return ". Check the network, the proxy settings, and the client's region or endpoint.";
    case "tls":
      // Trust is one matter, to speak TLS at all another.
      return reason.includes("certificate")
        ? ". If a proxy of yours signs connections, give the client its certificate."
        : ". Check that the endpoint speaks TLS 1.2 or newer on that port.";
    default:
      return "";
  }
}

/** The time was over. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
  /** The kind of error, for a `switch`. */
  readonly kind = "timeout";

  constructor(
    /** The action. */
    readonly action: string,
    /** The host. */
    readonly host: string,
    /** How long it took, in milliseconds. */
    readonly afterMs: number,
  ) {
    super(`${action}: no answer from ${host} within ${(afterMs / 1000).toFixed(1)} s. Try again, or allow more time.`);
  }
}

/** What the service said instead of an answer. */
export interface ServiceFault {
  /** The action. */
  readonly action: string;
  /** The HTTP status; 200 where the answer itself says that it is a failure. */
  readonly status: number;
  /** The status that the answer itself tells, where HTTP's says success. */
  readonly toldStatus?: number | undefined;
  /** The code: `InvalidParameter`, `Throttling.User`. */
  readonly code: string;
  /** What the service says about it. */
  readonly text: string;
  /** The request's ID: quote it to the vendor's support. */
  readonly requestId?: string | undefined;
  /** Where the vendor explains the error. */
  readonly recommendation?: string | undefined;
  /** Why access was denied, as the service gives it. */
  readonly accessDenied: readonly (readonly [name: string, value: string])[];
  /** Seconds that this machine's clock is ahead of the service's, if that seems to be the cause. */
  readonly clockAhead?: number | undefined;
}

/** The service refused the request or failed. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  /** The kind of error, for a `switch`. */
  readonly kind = "service";

  constructor(
    /** What the service said. */
    readonly fault: ServiceFault,
  ) {
    const advice = serviceAdvice(fault);
    super(`${fault.action}: ${told(fault)}${advice === "" ? "" : `. ${advice}`}`);
  }

  /** The service's code. */
  get code(): string {
    return this.fault.code;
  }

  /** The request's ID. */
  get requestId(): string | undefined {
    return this.fault.requestId;
  }
}

/** The service has too much to do, or the account asks too often. */
export class ThrottledError extends Error {
  override readonly name = "ThrottledError";
  /** The kind of error, for a `switch`. */
  readonly kind = "throttled";

  constructor(
    /** What the service said. */
    readonly fault: ServiceFault,
    /** How long it asks to wait, in milliseconds. */
    readonly retryAfterMs: number | undefined,
  ) {
    const advice =
      retryAfterMs === undefined ? "Ask less often." : `Wait ${(retryAfterMs / 1000).toFixed(1)} s, then try again.`;
    super(`${fault.action}: ${told(fault)}. ${advice}`);
  }

  /** The service's code. */
  get code(): string {
    return this.fault.code;
  }

  /** The request's ID. */
  get requestId(): string | undefined {
    return this.fault.requestId;
  }
}

/** The answer cannot be read. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  /** The kind of error, for a `switch`. */
  readonly kind = "decode";

  constructor(
    /** The action. */
    readonly action: string,
    /** The HTTP status. */
    readonly status: number,
    /** The request's ID. */
    readonly requestId: string | undefined,
    /** What is wrong with the answer; never its text. */
    readonly reason: string,
  ) {
    const id = requestId === undefined ? "" : `; request ${requestId}`;
    super(`${action}: the answer (HTTP ${String(status)}) cannot be read: ${reason}${id}`);
  }
}

/** Nobody knows whether the service acted: look before you call again. */
export class MayHaveBeenAppliedError extends Error {
  override readonly name = "MayHaveBeenAppliedError";
  /** The kind of error, for a `switch`. */
  readonly kind = "may-have-been-applied";

  constructor(
    /** The action. */
    readonly action: string,
    /** What came instead of an answer. */
    override readonly cause: CallError,
    /** The token that the request carried: calling again with it is safe. */
    readonly clientToken: string | undefined,
  ) {
    const happened = cause.message.replace(`${action}: `, "").replace(/\.$/u, "");
    const advice =
      clientToken === undefined
        ? "Look before you call again: the client did not repeat it."
        : `Calling again with the same client token (${clientToken}) is safe.`;
    super(`${action} may have been applied: ${happened}. ${advice}`);
  }
}

/** What was waited for will not come. */
export class WaitFailedError extends Error {
  override readonly name = "WaitFailedError";
  /** The kind of error, for a `switch`. */
  readonly kind = "wait-failed";
  readonly #answer: Json;

  constructor(
    /** The waiter. */
    readonly waiter: string,
    /** The action that was asked. */
    readonly action: string,
    /** The value that decided. */
    readonly state: string,
    /** What the answer says about it: one entry a failed item, with a name and a text for each thing it tells. */
    readonly reasons: readonly (readonly (readonly [name: string, text: string])[])[],
    answer: Json,
  ) {
    const lines = reasons.map((reason) => reason.map(([name, text]) => `${name}: ${line(text.trim())}`).join("; "));
    const all = lines.length === 0 ? "" : `:\n  ${lines.join("\n  ")}`;
    super(`${waiter}: ${action} says \`${line(state)}\`${all}`);
    this.#answer = answer;
  }

  /** The whole answer. It may hold what nobody should see, so the console does not show it. */
  answer(): Json {
    return this.#answer;
  }
}

/** What was waited for did not come in time. */
export class WaitTimedOutError extends Error {
  override readonly name = "WaitTimedOutError";
  /** The kind of error, for a `switch`. */
  readonly kind = "wait-timed-out";

  constructor(
    /** The waiter. */
    readonly waiter: string,
    /** The action that was asked. */
    readonly action: string,
    /** How often it was asked. */
    readonly attempts: number,
    /** What it said last, as far as the waiter looks at it. */
    readonly last: string,
  ) {
    const times = attempts === 1 ? "once" : `${String(attempts)} times`;
    const state = last === "" ? " and does not tell a state" : ` and still says \`${line(last)}\``;
    super(`${waiter}: ${action} was asked ${times}${state}. Wait again, or longer.`);
  }
}

/** What the service said, if it said something. */
export function faultOf(error: unknown): ServiceFault | undefined {
  if (error instanceof ServiceError || error instanceof ThrottledError) {
    return error.fault;
  }
  return error instanceof MayHaveBeenAppliedError ? faultOf(error.cause) : undefined;
}

/** The status that counts: what the answer itself tells, else HTTP's. */
export function realStatus(fault: ServiceFault): number {
  return fault.toldStatus ?? fault.status;
}

/** A text of an answer on one line: what it holds must not steer a terminal, or look like a line of ours. */
export function line(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/gu, " ");
}

function told(fault: ServiceFault): string {
  const status = String(fault.status);
  const parts = [
    // Nobody gave a code.
    fault.code === `HTTP${status}`
      ? `the answer is HTTP ${status}`
      : `the service answers ${fault.code} (HTTP ${status})`,
    fault.text === "" ? "" : `: ${fault.text.replace(/[.。]+$/u, "")}`,
    fault.requestId === undefined ? "" : `; request ${fault.requestId}`,
  ];
  if (fault.clockAhead !== undefined) {
    const side = fault.clockAhead > 0 ? "ahead of" : "behind";
    const seconds = String(Math.abs(fault.clockAhead));
    parts.push(`; this machine's clock is ${seconds} s ${side} the service's: set it`);
  }
  // The encoded one tells a person nothing: it is there for whoever takes the error apart.
  const denied = fault.accessDenied.filter(([name]) => !name.startsWith("Encoded"));
  parts.push(...denied.map(([name, value]) => `; ${name}: ${value}`));
  if (fault.recommendation !== undefined) {
    const isPage = fault.recommendation.startsWith("http");
    parts.push(
      // Usually an address, but a service may also give the advice itself.
      isPage ? `; see ${fault.recommendation}` : `; it recommends: ${fault.recommendation.replace(/\.+$/u, "")}`,
    );
  }
  return parts.join("");
}

/** What to do about the codes that every caller meets. */
function serviceAdvice(fault: ServiceFault): string {
  switch (fault.code) {
    case "SignatureDoesNotMatch":
    case "IncompleteSignature":
      return "Check the access key's secret: it does not fit the key's ID.";
    case "InvalidAccessKeyId.NotFound":
    case "InvalidAccessKeyId":
      return "Check the access key's ID, and that the key is still there.";
    case "InvalidAccessKeyId.Inactive":
      return "The access key is switched off: use another one.";
    case "InvalidSecurityToken.Expired":
      return "Get new temporary credentials.";
    case "MissingSecurityToken":
    case "InvalidSecurityToken.MismatchWithAccessKey":
    case "InvalidSecurityToken.Malformed":
      return "Temporary credentials need the security token that came with them.";
    case "Forbidden":
    case "NoPermission":
    case "Forbidden.RAM":
      return DENIED;
    case "InvalidRegionId":
    case "InvalidRegion":
    case "InvalidRegionId.NotFound":
      return fault.accessDenied.length > 0 ? DENIED : "Check the region: of the client, and of the request's RegionId.";
    case "InvalidAction.NotFound":
    case "InvalidVersion":
    case "InvalidProduct.NotFound":
      return fault.accessDenied.length > 0 ? DENIED : "Check the endpoint: it seems to belong to another service.";
    default:
      if (fault.accessDenied.length > 0) {
        return DENIED;
      }
      if (fault.clockAhead === undefined && fault.code.toLowerCase().includes("timestamp")) {
        return "Check this machine's clock.";
      }
      return fault.status >= 500
        ? "Try again later; if it stays so, give the request's ID to the vendor's support."
        : "";
  }
}

const DENIED = "Have the account's administrator grant the permission.";
