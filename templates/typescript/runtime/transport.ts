/**
 * How bytes get to a server and back: `fetch`, once, without following anything.
 *
 * Nothing that can go wrong on the way puts a URL's query, a header's value or a body into an error.
 */

import { ConfigurationError, TransportError, type TransportFailure } from "./error.js";
import type { Pair } from "./sign.js";

/** What sends requests: the platform's `fetch`, or one that is like it. */
export type Fetch = (url: string, options: FetchOptions) => Promise<Response>;

/** What a request is, beside its URL. */
export interface FetchOptions {
  /** The HTTP method. */
  readonly method: string;
  /** The headers. */
  readonly headers: [string, string][];
  /** The body, if there is one. */
  readonly body?: string;
  /** Redirects are not followed. */
  readonly redirect: "manual";
  /** Ends when the request is given up. */
  readonly signal: AbortSignal;
}

/** One request. */
export interface Exchange {
  /** The action, for errors. */
  readonly action: string;
  /** The host, for errors. */
  readonly host: string;
  /** The HTTP method. */
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  /** The headers. */
  readonly headers: readonly Pair[];
  /** The body. */
  readonly body: string;
  /** Bytes of the answer's body at most. */
  readonly bodyLimit: number;
  /** Ends when the request is given up. */
  readonly signal: AbortSignal;
}

/** What came back. */
export interface RawAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** The headers. */
  readonly headers: Headers;
  /** The body, decompressed. */
  readonly body: Uint8Array;
}

/** Sends a request and reads the whole answer, whatever its status. */
export async function exchange(fetch: Fetch, request: Exchange): Promise<RawAnswer> {
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers.map(([name, value]) => [name, value]),
      ...(hasBody ? { body: request.body } : {}),
      redirect: "manual",
      signal: request.signal,
    });
    // What a browser does not let one see of a redirect.
    const status = answer.type === "opaqueredirect" ? 302 : answer.status;
    return { status, headers: answer.headers, body: await readBody(answer, request) };
  } catch (error) {
    if (error instanceof TransportError || request.signal.aborted) {
      throw error;
    }
    const [failure, reason] = failureOf(error);
    throw new TransportError(request.action, request.host, failure, reason);
  }
}

async function readBody(answer: Response, request: Exchange): Promise<Uint8Array> {
  const tooLarge = (): TransportError => {
    const reason = `the answer is larger than ${String(request.bodyLimit)} bytes`;
    return new TransportError(request.action, request.host, "answer", reason);
  };
  const reader = (answer.body as ReadableStream<Uint8Array> | null)?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > request.bodyLimit) {
      await reader?.cancel();
      throw tooLarge();
    }
    parts.push(part.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

/** Codes of what happens before the service has seen anything. */
const CONNECT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|PROXY_REFUSED)$/u;
const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/u;
/** Codes of answers that are no HTTP, or that cannot be decompressed. */
const ANSWER = /^(?:HPE_|Z_|ERR__ERROR_FORMAT|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_)/u;
const REQUEST = /^(?:UND_ERR_INVALID_ARG|ERR_INVALID_URL|ERR_INVALID_CHAR|UND_ERR_REQ_)/u;

/** What failed, and a text of ours or the platform's code: its messages may show a URL. */
function failureOf(error: unknown): [TransportFailure, string] {
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error && codes.length < 8; cause = cause.cause) {
    if (cause.message.startsWith("Proxy response")) {
      // No tunnel: nothing has gone through it.
      codes.push("PROXY_REFUSED");
    }
    const { code, errors } = cause as { readonly code?: unknown; readonly errors?: readonly unknown[] };
    const inner = (errors ?? []).map((one) => (one as { readonly code?: unknown }).code);
    codes.push(...[code, ...inner].filter((text) => typeof text === "string"));
  }
  const found = (known: RegExp): string | undefined => codes.find((code) => known.test(code));
  const all: readonly (readonly [TransportFailure, RegExp])[] = [
    ["request", REQUEST],
    ["tls", TLS],
    ["connect", CONNECT],
    ["answer", ANSWER],
  ];
  for (const [failure, known] of all) {
    const code = found(known);
    if (code !== undefined) {
      const isTrust = failure === "tls" && !/^(?:ERR_SSL_|EPROTO)/u.test(code);
      return [failure, isTrust ? `${code}: the certificate is not trusted` : code];
    }
  }
  return ["interrupted", codes[0] ?? "the connection failed"];
}

/** How connections are made, where the platform lets one choose. */
export interface ConnectionOptions {
  /** Certificates of authorities to trust beside the machine's own, in PEM. */
  readonly ca?: readonly string[];
  /** For making a connection, TLS included, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** Whether the environment names a proxy. */
  readonly hasProxy: boolean;
}

/**
 * The platform's `fetch`; through the package `undici`, if something is asked for that the platform's cannot do: a proxy
 * of the environment, an authority's certificate.
 */
export async function connect(options: ConnectionOptions): Promise<Fetch> {
  if (!options.hasProxy && options.ca === undefined) {
    return (url, init) => globalThis.fetch(url, init);
  }
  interface Undici {
    readonly fetch: (url: string, options: FetchOptions & { readonly dispatcher: unknown }) => Promise<Response>;
    readonly EnvHttpProxyAgent: new (options: object) => unknown;
  }
  let undici: Undici;
  try {
    // Not known to the compiler: nobody needs it who needs no proxy.
    const name = "undici";
    undici = (await import(name)) as Undici;
  } catch {
    const what = options.hasProxy ? "the environment names a proxy" : "a certificate is given";
    throw new ConfigurationError(
      `${what}, which the platform's \`fetch\` does not know: install \`undici\`, or give the client another \`fetch\``,
    );
  }
  const roots = options.ca === undefined ? undefined : [...(await import("node:tls")).rootCertificates, ...options.ca];
  const tls = { timeout: options.connectTimeoutMs, ...(roots === undefined ? {} : { ca: roots }) };
  const dispatcher = new undici.EnvHttpProxyAgent({ connect: tls, requestTls: tls, proxyTls: tls });
  return (url, init) => undici.fetch(url, { ...init, dispatcher });
}
