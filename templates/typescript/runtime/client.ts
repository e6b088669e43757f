/** The client: checks, signs, sends, repeats where that is safe, and decodes. */

import {
  check,
  checkJson,
  jsonToWire,
  toWire,
  ValidationError,
  type Action,
  type AnyAction,
  type Api,
  type PagedAction,
  type Waiter,
} from "./action.js";
import { readAnswer, type Answer } from "./answer.js";
import { providerOf, type CredentialsSource, type Provide } from "./credentials.js";
import { checkRegion, endpointOf, parseEndpoint, type Endpoint } from "./endpoint.js";
import { ConfigurationError, CredentialsError, TimeoutError } from "./error.js";
import type { Value } from "./json.js";
import { itemsOf, turnPages } from "./pages.js";
import { environment, milliseconds, sleep, userAgent, within } from "./platform.js";
import { prepare, signRequest, type Outgoing } from "./prepare.js";
import * as retry from "./retry.js";
import { randomHex, signatureDate, type Algorithm } from "./sign.js";
import { connect, exchange, type Fetch } from "./transport.js";
import type { Violation } from "./violation.js";
import { waitFor } from "./wait.js";
import { valueOf, withValue, type Wire } from "./wire.js";

/** How a client is set up. Everything has a default but the region, which the environment may name. */
export interface ClientOptions {
  /** The region to call (`cn-hangzhou`). It selects the endpoint; what a request says of a region is the request's. */
  readonly region?: string;
  /** The network to call over: `vpc` from within one. Regions whose host the API lists have one host for all networks. */
  readonly network?: string;
  /** The host to call, whatever the region: `dts.aliyuncs.com`, `https://127.0.0.1:8443`. */
  readonly endpoint?: string;
  /** What to sign with, or where to get it. Default: the chain of the vendor's library `@alicloud/credentials`. */
  readonly credentials?: CredentialsSource;
  /** How requests are signed. Default: `ACS3-HMAC-SHA256`. `ACS3-HMAC-SM3` needs Node. */
  readonly algorithm?: Algorithm;
  /**
   * Refuses every request that breaks a known rule, also one that is only read from the documentation. Default: only what
   * is required and the types are enforced, the rest is logged: documents age.
   */
  readonly strict?: boolean;
  /** Sends passwords and the like in the form of the request, and not in its URL, where the service documents the URL. */
  readonly secretsInForm?: boolean;
  /** Whether a client token is made for requests that may have one and have none. Default: yes. */
  readonly fillClientToken?: boolean;
  /** How often a request is sent at most, if that is safe. Default: 3; 1: never again. */
  readonly attempts?: number;
  /** For making a connection, where the platform lets one choose, in milliseconds. Default: 5,000. */
  readonly connectTimeoutMs?: number;
  /** For one attempt, from its first byte to the answer's last, in milliseconds. Default: 15,000. */
  readonly attemptTimeoutMs?: number;
  /** For a whole call, with its repetitions and the pauses between, in milliseconds. Default: 60,000. */
  readonly timeoutMs?: number;
  /** Bytes of an answer's body, after decompression. Default: 16 MiB. */
  readonly bodyLimit?: number;
  /** The pause between two calls of a waiter, in place of what the waiter says itself, in milliseconds. */
  readonly waitDelayMs?: number;
  /** What the client calls itself beside its own name. */
  readonly userAgent?: string;
  /** Certificates of authorities to trust beside the machine's own, in PEM. There is no switch to trust everything. */
  readonly ca?: readonly string[];
  /** Another `fetch`. Proxies and certificates are then its own affair. */
  readonly fetch?: Fetch;
  /**
   * Dangerous: lets an endpoint be `http://…`. Parameters, passwords among them, then travel for everybody to read. For a
   * service on this machine.
   */
  readonly dangerousAllowHttp?: boolean;
  /**
   * Takes from the environment what is not set here: the region (`ALIBABA_CLOUD_REGION_ID`), the endpoint
   * (`ALIBABA_CLOUD_DTS_ENDPOINT`, after the product), and whether that may be `http://`. Default: yes, if neither region
   * nor endpoint is set.
   */
  readonly environment?: boolean;
  /** Told what the documentation says against a request that is sent all the same, and of repetitions. */
  readonly logger?: Logger;
}

/** Somebody who wants to know. No secret is ever told. */
export interface Logger {
  /** Something should be looked at. */
  warn(message: string): void;
  /** Something happened. */
  debug(message: string): void;
}

/** What may differ from call to call. */
export interface CallOptions {
  /** Gives the call up. What the service has done by then, nobody knows. */
  readonly signal?: AbortSignal;
}

/** Calls actions. One client is enough for a program: calls share its quota of repetitions. */
export class Client {
  readonly #options: ClientOptions;
  readonly #provide: Provide;
  readonly #quota = new retry.Quota();
  readonly #endpoints = new Map<Api, Endpoint>();
  readonly #readsEnvironment: boolean;
  readonly #userAgent: string;
  readonly #waitDelayMs: number | undefined;
  #fetch: Promise<Fetch> | undefined;

  /** @throws {@link ConfigurationError} if the settings do not make sense. */
  constructor(options: ClientOptions = {}) {
    this.#options = options;
    this.#readsEnvironment = options.environment ?? (options.region === undefined && options.endpoint === undefined);
    this.#provide = providerOf(options.credentials);
    const region = options.region ?? this.#variable("ALIBABA_CLOUD_REGION_ID");
    if (region !== undefined) {
      checkRegion(region, options.network ?? "");
    }
    if (options.endpoint !== undefined) {
      this.#checked(parseEndpoint(options.endpoint));
    }
    this.#userAgent = userAgent(options.userAgent);
    this.#waitDelayMs = options.waitDelayMs ?? milliseconds(WAIT_DELAY, this.#variable(WAIT_DELAY));
  }

  /** Sends a request: checked, signed, repeated where that is safe, decoded. */
  async send<I extends object, O>(action: Action<I, O>, request: NoInfer<I>, options: CallOptions = {}): Promise<O> {
    const [answer, token] = await this.#call(action, toWire(action, request), check(action, request), options);
    try {
      return answer.typed(action);
    } catch (error) {
      // The service has acted, or says so in words that nobody understands.
      throw retry.settled(error, action, token);
    }
  }

  /** The same, and the answer as the service says it. */
  async sendRaw<I extends object, O>(
    action: Action<I, O>,
    request: NoInfer<I>,
    options: CallOptions = {},
  ): Promise<Answer> {
    return (await this.#call(action, toWire(action, request), check(action, request), options))[0];
  }

  /** Calls an action with a request that has no type: wire names, flat, nested or both. */
  async sendJson(action: AnyAction, request: Value, options: CallOptions = {}): Promise<Answer> {
    return (await this.#call(action, jsonToWire(action, request), checkJson(action, request), options))[0];
  }

  /** The answer's pages, from the one that the request asks for, or else the first. */
  async *pages<I extends object, O, T>(
    action: PagedAction<I, O, T>,
    request: NoInfer<I>,
    options: CallOptions = {},
  ): AsyncGenerator<O, void, undefined> {
    for await (const page of this.#turn(action, request, options)) {
      yield page.typed(action);
    }
  }

  /** What the pages list, one by one. */
  async *items<I extends object, O, T>(
    action: PagedAction<I, O, T>,
    request: NoInfer<I>,
    options: CallOptions = {},
  ): AsyncGenerator<T, void, undefined> {
    for await (const page of this.#turn(action, request, options)) {
      yield* itemsOf(action, page);
    }
  }

  #turn<I extends object, O, T>(
    action: PagedAction<I, O, T>,
    request: I,
    options: CallOptions,
  ): AsyncGenerator<Answer, void, undefined> {
    const violations = check<I>(action, request);
    const wire = toWire<I>(action, request);
    const { parameter } = action.paging;
    return turnPages(action, valueOf(action, wire, parameter), async (value) => {
      const turned = value === undefined ? wire : withValue(action, wire, parameter, value);
      return (await this.#call(action, turned, violations, options))[0];
    });
  }

  /** Asks until what a waiter waits for is there. */
  async wait<I extends object, O>(waiter: Waiter<I, O>, request: NoInfer<I>, options: CallOptions = {}): Promise<O> {
    const { action } = waiter;
    const call = async (): Promise<Answer> => this.sendRaw(action, request, options);
    const answer = await waitFor(waiter, this.#waitDelayMs, call, async (ms) => sleep(ms, options.signal));
    return answer.typed(action);
  }

  async #call(
    action: AnyAction,
    given: Wire,
    violations: readonly Violation[],
    options: CallOptions,
  ): Promise<[Answer, string | undefined]> {
    this.#enforce(action, violations);
    const [wire, token] = await this.#withToken(action, given);
    const secrets = Object.values(wire).flatMap((fields) => fields.flatMap((field) => field.secrets()));
    const outgoing = prepare(action, wire, {
      endpoint: this.#endpoint(action.api),
      userAgent: this.#userAgent,
      algorithm: this.#options.algorithm ?? "ACS3-HMAC-SHA256",
      secretsInForm: this.#options.secretsInForm ?? false,
    });
    const end = Date.now() + (this.#options.timeoutMs ?? 60_000);
    const attempts = this.#options.attempts ?? 3;
    // An earlier attempt may have been applied, whatever becomes of the later ones.
    let isUnsettled = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#attempt(outgoing, secrets, end, options.signal);
        this.#quota.earn(attempt > 1);
        return [answer, token];
      } catch (error) {
        isUnsettled ||= retry.isAmbiguous(error);
        const delay = retry.delayMs(attempt - 1, error);
        const mayRepeat = retry.isRepeatable(action, token) && attempt < attempts && retry.isTransient(error);
        if (!mayRepeat || Date.now() + delay >= end || !this.#quota.pay()) {
          throw isUnsettled && !(options.signal?.aborted ?? false) ? retry.settled(error, action, token) : error;
        }
        this.#options.logger?.debug(`${action.action}: sent again after ${delay.toFixed(0)} ms`);
        await sleep(delay, options.signal);
      }
    }
  }

  /** What upstream declares is enforced, what its prose says only on request: the rest is logged. */
  #enforce(action: AnyAction, violations: readonly Violation[]): void {
    const enforced = violations.filter(({ code, path, rule, severity }) => {
      // What stands inside of a JSON text, the prose alone says.
      const isDeclared = DECLARED.includes(code) && rule === undefined && !path.includes("#");
      return severity === "error" && (this.#options.strict === true || isDeclared);
    });
    if (enforced.length > 0) {
      throw new ValidationError(action.action, enforced);
    }
    for (const violation of violations) {
      const said = "the documentation says that the service will not accept this";
      this.#options.logger?.warn(`${action.action}: ${said}: ${violation.message.en}`);
    }
  }

  /** The wire form with the token that makes a repetition safe: a new one if the request carries none and may. */
  async #withToken(action: AnyAction, wire: Wire): Promise<[Wire, string | undefined]> {
    if (action.token === undefined) {
      return [wire, undefined];
    }
    const given = valueOf(action, wire, action.token);
    if (given !== undefined && given !== "") {
      return [wire, given];
    }
    if (action.effect === "read" || this.#options.fillClientToken === false) {
      return [wire, undefined];
    }
    const token = await randomHex();
    return [withValue(action, wire, action.token, token), token];
  }

  async #attempt(
    outgoing: Outgoing,
    secrets: readonly string[],
    end: number,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const { action } = outgoing.action;
    const host = outgoing.manner.endpoint.authority;
    const started = Date.now();
    // Nothing has been sent: it must not look as if it had been.
    const late = (): CredentialsError =>
      new CredentialsError(action, `no credentials came within ${((end - started) / 1000).toFixed(1)} s`);
    const credentials = await within(this.#provide(action), end - started, late);
    const stamp = { nonce: await randomHex(), date: signatureDate(new Date()) };
    const { url, headers } = await signRequest(outgoing, credentials, stamp);
    this.#fetch ??= this.#connect();
    const fetch = await this.#fetch;
    const giveUp = new AbortController();
    const abort = (): void => {
      giveUp.abort(signal?.reason);
    };
    signal?.addEventListener("abort", abort);
    const limit = Math.min(this.#options.attemptTimeoutMs ?? 15_000, end - Date.now());
    const timedOut = (): TimeoutError => {
      giveUp.abort();
      return new TimeoutError(action, host, Date.now() - started);
    };
    try {
      signal?.throwIfAborted();
      const bodyLimit = this.#options.bodyLimit ?? 16 * 2 ** 20;
      const { method } = outgoing.action;
      const request = { action, host, method, url, headers, body: outgoing.body, bodyLimit, signal: giveUp.signal };
      const answer = await within(exchange(fetch, request), limit, timedOut);
      const hidden = [
        ...secrets,
        credentials.accessKeySecret.expose(),
        ...(credentials.securityToken === undefined ? [] : [credentials.securityToken.expose()]),
      ];
      return readAnswer({ action, ...answer, at: new Date(), secrets: hidden });
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  async #connect(): Promise<Fetch> {
    const { fetch, ca, connectTimeoutMs = 5_000 } = this.#options;
    const named = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];
    const hasProxy = named.some((name) => (environment()[name] ?? "") !== "");
    return fetch ?? connect({ ...(ca === undefined ? {} : { ca }), connectTimeoutMs, hasProxy });
  }

  #endpoint(api: Api): Endpoint {
    let endpoint = this.#endpoints.get(api);
    if (endpoint === undefined) {
      endpoint = this.#checked(this.#find(api));
      this.#endpoints.set(api, endpoint);
    }
    return endpoint;
  }

  #find(api: Api): Endpoint {
    const named = this.#options.endpoint ?? this.#variable(`ALIBABA_CLOUD_${api.product.toUpperCase()}_ENDPOINT`);
    if (named !== undefined) {
      return parseEndpoint(named);
    }
    const region = this.#options.region ?? this.#variable("ALIBABA_CLOUD_REGION_ID");
    if (region === undefined) {
      throw new ConfigurationError(
        "no region: name one with `region`, or set ALIBABA_CLOUD_REGION_ID (for example to cn-hangzhou)",
      );
    }
    return endpointOf(api, region, this.#options.network ?? "");
  }

  #checked(endpoint: Endpoint): Endpoint {
    const isAllowed = this.#options.dangerousAllowHttp ?? this.#variable(ALLOW_HTTP)?.toLowerCase() === "true";
    if (endpoint.isPlain && !isAllowed) {
      throw new ConfigurationError(
        `the endpoint http://${endpoint.authority} is not encrypted: passwords would travel for everybody to read. For a ` +
          `service on this machine, say \`dangerousAllowHttp\` or set ${ALLOW_HTTP}=true`,
      );
    }
    return endpoint;
  }

  #variable(name: string): string | undefined {
    const value = this.#readsEnvironment ? (environment()[name] ?? "") : "";
    return value === "" ? undefined : value;
  }
}

const ALLOW_HTTP = "ALIBABA_CLOUD_DANGEROUS_ALLOW_HTTP";
const WAIT_DELAY = "ALIBABA_CLOUD_WAIT_DELAY_MS";
const DECLARED: readonly string[] = ["missing", "unknown-parameter", "type", "json"];
