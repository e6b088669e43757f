/**
 * Asks again and again until an answer says that what was waited for is there, or that it will not come. It never knows
 * how a call is made.
 */

import type { Acceptor, AnyWaiter, Reasons } from "./action.js";
import { Answer } from "./answer.js";
import {
  ConfigurationError,
  faultOf,
  ServiceError,
  ThrottledError,
  TimeoutError,
  TransportError,
  WaitFailedError,
  WaitTimedOutError,
  type ServiceFault,
} from "./error.js";
import { fieldsAt, textsAt } from "./field.js";
import { toPlain, type Value } from "./json.js";

/** How many calls in a row may fail on the way, once something has come back: waiting takes long, and networks hiccup. */
const HICCUPS = 3;

/** The longest that a service which is busy may make a waiter pause, in milliseconds. */
const LONGEST_PAUSE = 300_000;

/** Values at most that an error tells of what an answer said last. */
const TOLD = 5;

/**
 * Makes the same call again and again, until the waiter has what it waits for. If that is an error (`NotFound` of
 * something that was to go away), it comes back as an answer under the error's HTTP status.
 *
 * @throws {@link ConfigurationError}, and nothing is called, if the call costs money: a waiter would buy again and again.
 * @throws {@link WaitFailedError} if an answer or an error says that it will not come; {@link WaitTimedOutError} if the
 * calls are used up; any error that the waiter does not know. To be throttled is no reason to give up, nor are a few
 * failures on the way after something has come back.
 */
export async function waitFor(
  waiter: AnyWaiter,
  delayMs: number | undefined,
  call: () => Promise<Answer>,
  sleep: (ms: number) => Promise<void>,
): Promise<Answer> {
  const { action } = waiter.action;
  if (waiter.action.effect === "spend") {
    throw new ConfigurationError(
      `${waiter.name} cannot ask ${action}, which costs money every time: wait with a request that only reads`,
    );
  }
  const delay = delayMs ?? waiter.delay * 1000;
  let last = "";
  // None before something has come back: whoever has no network should hear it now.
  let hiccups = 0;
  for (let attempt = 1; attempt <= waiter.attempts; attempt += 1) {
    let pause = delay;
    let answer: Answer | undefined;
    try {
      answer = await call();
    } catch (error) {
      const fault = faultOf(error);
      const decision = decide(waiter, (acceptor) => codeThatFits(acceptor, fault));
      if (decision?.state === "success" && fault !== undefined) {
        return new Answer(fault.status, fault.requestId, asBody(fault));
      }
      if (decision?.state === "failure" && fault !== undefined) {
        const reasons = [[["Message", fault.text] as const]];
        throw new WaitFailedError(waiter.name, action, decision.text, reasons, toPlain(asBody(fault)));
      }
      if (decision?.state === "retry") {
        hiccups = HICCUPS;
      } else if (error instanceof ThrottledError) {
        hiccups = HICCUPS;
        pause = Math.max(delay, Math.min(error.retryAfterMs ?? 0, LONGEST_PAUSE));
      } else if (isHiccup(error) && hiccups > 0) {
        hiccups -= 1;
      } else {
        throw error;
      }
      last = fault?.code ?? last;
    }
    if (answer !== undefined) {
      hiccups = HICCUPS;
      const { value } = answer;
      const decision = decide(waiter, (acceptor) => textThatFits(acceptor, value));
      if (decision?.state === "success") {
        return answer;
      }
      if (decision?.state === "failure") {
        throw new WaitFailedError(waiter.name, action, decision.text, tell(waiter.reasons, value), answer.json());
      }
      last = told(waiter, value);
    }
    if (attempt < waiter.attempts) {
      await sleep(pause);
    }
  }
  throw new WaitTimedOutError(waiter.name, action, waiter.attempts, last);
}

/** What the first acceptor that fits says, and the text that it fits. */
function decide(
  waiter: AnyWaiter,
  fits: (acceptor: Acceptor) => string | undefined,
): { readonly state: Acceptor["state"]; readonly text: string } | undefined {
  for (const acceptor of waiter.acceptors) {
    const text = fits(acceptor);
    if (text !== undefined) {
      return { state: acceptor.state, text };
    }
  }
  return undefined;
}

function textThatFits(acceptor: Acceptor, body: Value): string | undefined {
  const texts = acceptor.field === undefined ? [] : textsAt(body, acceptor.field);
  return texts.find((text) => isOneOf(text, acceptor.values));
}

function codeThatFits(acceptor: Acceptor, fault: ServiceFault | undefined): string | undefined {
  const isCode = acceptor.field === undefined && fault !== undefined && isOneOf(fault.code, acceptor.values);
  return isCode ? fault.code : undefined;
}

function isOneOf(text: string, values: readonly string[]): boolean {
  return values.some((value) => value.toLowerCase() === text.trim().toLowerCase());
}

/** Whether the next call may well go through. */
function isHiccup(error: unknown): boolean {
  if (error instanceof TransportError) {
    return error.failure === "connect" || error.failure === "interrupted";
  }
  return error instanceof TimeoutError || (error instanceof ServiceError && error.fault.status >= 500);
}

/** What a service says of an error, as it says it. */
function asBody(fault: ServiceFault): Value {
  const body = new Map<string, Value>([
    ["Code", fault.code],
    ["Message", fault.text],
  ]);
  if (fault.requestId !== undefined) {
    body.set("RequestId", fault.requestId);
  }
  return body;
}

/** What an answer says where the waiter looks. */
function told(waiter: AnyWaiter, body: Value): string {
  const texts = waiter.acceptors.flatMap(({ field }) => (field === undefined ? [] : textsAt(body, field)));
  return [...new Set(texts)].slice(0, TOLD).join(", ");
}

/** What an answer says of a failure. */
function tell(reasons: Reasons | undefined, body: Value): (readonly [string, string])[][] {
  if (reasons === undefined) {
    return [];
  }
  const { only } = reasons;
  const isMeant = (item: Value): boolean =>
    only === undefined || textsAt(item, only[0]).some((text) => isOneOf(text, only[1]));
  const items = fieldsAt(body, reasons.items).filter(isMeant);
  const told = items.map((item) =>
    reasons.show.flatMap((name) =>
      textsAt(item, name)
        .slice(0, 1)
        .map((text) => [name, text] as const),
    ),
  );
  return told.filter((reason) => reason.length > 0);
}
