/** When a request is sent again: only if that cannot do harm, not too often, and not all clients at once. */

import type { AnyAction } from "./action.js";
import {
  DecodeError,
  MayHaveBeenAppliedError,
  realStatus,
  ServiceError,
  ThrottledError,
  TimeoutError,
  TransportError,
  type CallError,
} from "./error.js";

/** The longest that is waited before the first repetition, and before any, in milliseconds. */
const FIRST = 100;
const LONGEST = 20_000;

/** What all calls of a client may spend on repetitions together, and what one costs. */
const FULL = 500;
const PRICE = 5;

/**
 * What all calls of a client may spend on repetitions together: when a service is down, clients that repeat everything
 * keep it down. A repetition costs, a success earns.
 */
export class Quota {
  #left = FULL;

  /** Pays for a repetition, if there is enough left. */
  pay(): boolean {
    const isEnough = this.#left >= PRICE;
    this.#left -= isEnough ? PRICE : 0;
    return isEnough;
  }

  /** A call came through: one that had been repeated gives back what that cost. */
  earn(wasRepeated: boolean): void {
    this.#left = Math.min(FULL, this.#left + (wasRepeated ? PRICE : 1));
  }
}

/** Whether sending a request twice is as good as sending it once. */
export function isRepeatable(action: AnyAction, token: string | undefined): boolean {
  return action.effect === "read" || token !== undefined;
}

/** Whether the same request may succeed a moment later. */
export function isTransient(error: unknown): boolean {
  if (error instanceof TransportError) {
    return error.failure === "connect" || error.failure === "interrupted";
  }
  if (error instanceof ServiceError) {
    return [500, 502, 503, 504].includes(realStatus(error.fault));
  }
  return error instanceof ThrottledError || error instanceof TimeoutError;
}

/** Whether the service may have acted, although it did not say so. */
export function isAmbiguous(error: unknown): boolean {
  if (error instanceof TransportError) {
    return error.failure === "interrupted" || error.failure === "answer";
  }
  if (error instanceof ServiceError || error instanceof ThrottledError) {
    return realStatus(error.fault) >= 500;
  }
  if (error instanceof DecodeError) {
    return error.status < 300 || error.status >= 500;
  }
  return error instanceof TimeoutError;
}

/** The error of a call that may have been applied, if its action does more than read. */
export function settled(error: unknown, action: AnyAction, token: string | undefined): unknown {
  return action.effect === "read" ? error : new MayHaveBeenAppliedError(action.action, error as CallError, token);
}

/**
 * How long to wait before a repetition: anything up to a bound that doubles (full jitter), and not less than the service
 * asks for. `number`: how many repetitions came before.
 */
export function delayMs(number: number, error: unknown, random: () => number = Math.random): number {
  const jitter = Math.min(LONGEST, FIRST * 2 ** number) * random();
  return error instanceof ThrottledError && error.retryAfterMs !== undefined
    ? error.retryAfterMs + Math.min(jitter, FIRST)
    : jitter;
}
