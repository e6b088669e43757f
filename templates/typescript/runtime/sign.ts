/** Signatures: what proves to the service who asks. Functions of texts alone, so that vectors can hold them to the byte. */

import { ConfigurationError } from "./error.js";

/** How a whole request is signed, in a header. The hash function SM3 is one that Node knows and browsers do not. */
export type Acs3Algorithm = "ACS3-HMAC-SHA256" | "ACS3-HMAC-SM3";

/** How a request is signed: as a whole, in a header; or the older way, over the parameters, in the query. */
export type Algorithm = Acs3Algorithm | "HMAC-SHA1";

/** A name and a value. */
export type Pair = readonly [name: string, value: string];

/** Percent-encodes a text as signatures want it (RFC 3986): all but letters, digits and `-_.~`. */
export function encodeStrict(text: string): string {
  return encodeLoose(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Percent-encodes a text as it stands in a URL or a form. Half a letter, which UTF-8 cannot say, becomes U+FFFD. */
export function encodeLoose(text: string): string {
  const isBroken = /[\ud800-\udfff]/u.test(text);
  return encodeURIComponent(isBroken ? text.replace(/[\ud800-\udfff]/gu, "\ufffd") : text);
}

/** `name=value` pairs as they stand in a URL or a form. */
export function joinPairs(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encodeLoose(name)}=${encodeLoose(value)}`).join("&");
}

/** `name=value` pairs, sorted by name, encoded and joined by `&`. An empty value keeps its `=`. */
export function canonicalQuery(pairs: readonly Pair[]): string {
  const sorted = [...pairs].sort(([a, x], [b, y]) => order(a, b) || order(x, y));
  return sorted.map(([name, value]) => `${encodeStrict(name)}=${encodeStrict(value)}`).join("&");
}

/** The order of UTF-8's bytes, which for letters beyond 16 bits is not that of UTF-16's units. */
function order(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [x, y] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (x !== y) {
      return rank(x) - rank(y);
    }
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** Whether a header is signed: `host`, `content-type` and every `x-acs-*`. */
export function isSignedHeader(name: string): boolean {
  return /^(?:host|content-type|x-acs-.*)$/isu.test(name);
}

/** A request as it is signed, and which of its headers are. */
export interface Canonical {
  /** The request. */
  readonly request: string;
  /** The names of the headers, as the `Authorization` header lists them. */
  readonly signedHeaders: string;
}

/** The request as it is signed. `headers`: those to sign, in any order and case; names that stand twice are joined. */
export function canonicalRequest(
  method: string,
  path: string,
  query: readonly Pair[],
  headers: readonly Pair[],
  payloadHash: string,
): Canonical {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    values.set(lower, [...(values.get(lower) ?? []), value.trim()]);
  }
  const names = [...values.keys()].sort(order);
  const lines = names.map((name) => `${name}:${(values.get(name) ?? []).sort(order).join(",")}\n`).join("");
  const signedHeaders = names.join(";");
  const request = [method, path, canonicalQuery(query), lines, signedHeaders, payloadHash].join("\n");
  return { request, signedHeaders };
}

/** What is signed in a header: the algorithm and the hash of the canonical request. */
export async function acs3StringToSign(algorithm: Acs3Algorithm, request: string): Promise<string> {
  return `${algorithm}\n${await payloadHash(algorithm, request)}`;
}

/** The signature that goes into a header. */
export async function acs3Signature(algorithm: Acs3Algorithm, secret: string, stringToSign: string): Promise<string> {
  if (algorithm === "ACS3-HMAC-SM3") {
    const { createHmac } = await cryptoOfNode();
    return createHmac("sm3", utf8(secret)).update(utf8(stringToSign)).digest("hex");
  }
  return hex(await hmac("SHA-256", secret, stringToSign));
}

/** The value of the `Authorization` header. */
export function acs3Authorization(
  algorithm: Acs3Algorithm,
  accessKeyId: string,
  signedHeaders: string,
  signature: string,
): string {
  return `${algorithm} Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

/** Names that the older signature needs for itself: a parameter that is called so cannot travel beside it. */
export const RPC1_RESERVED: readonly string[] = [
  "AccessKeyId",
  "Action",
  "Format",
  "SecurityToken",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureVersion",
  "Timestamp",
  "Version",
];

/** What is signed the older way. `pairs`: the parameters of query and form, without `Signature`. */
export function rpc1StringToSign(method: string, pairs: readonly Pair[]): string {
  return `${method}&%2F&${encodeStrict(canonicalQuery(pairs))}`;
}

/** The signature that goes into the query, in Base64. */
export async function rpc1Signature(secret: string, stringToSign: string): Promise<string> {
  const bytes = await hmac("SHA-1", `${secret}&`, stringToSign);
  return btoa(String.fromCharCode(...bytes));
}

/** The hash of a text, in hexadecimal, by the hash function of the algorithm. */
export async function payloadHash(algorithm: Acs3Algorithm, text: string): Promise<string> {
  if (algorithm === "ACS3-HMAC-SM3") {
    const { createHash } = await cryptoOfNode();
    return createHash("sm3").update(utf8(text)).digest("hex");
  }
  const { subtle } = await webCrypto();
  return hex(new Uint8Array(await subtle.digest("SHA-256", utf8(text))));
}

/** 128 bits of randomness, in hexadecimal. */
export async function randomHex(): Promise<string> {
  return hex((await webCrypto()).getRandomValues(new Uint8Array(16)));
}

/** A time as signatures want it: UTC, whole seconds. */
export function signatureDate(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

async function hmac(hash: "SHA-1" | "SHA-256", secret: string, message: string): Promise<Uint8Array> {
  const { subtle } = await webCrypto();
  const key = await subtle.importKey("raw", utf8(secret), { name: "HMAC", hash }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", key, utf8(message)));
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function cryptoOfNode(): Promise<typeof import("node:crypto")> {
  try {
    return await import("node:crypto");
  } catch {
    throw new ConfigurationError("this platform does not know the hash function SM3: sign with `ACS3-HMAC-SHA256`");
  }
}

/** The platform's cryptography. Node 18 does not yet have it among its globals. */
async function webCrypto(): Promise<Crypto> {
  const found = (globalThis as { readonly crypto?: Crypto }).crypto;
  return found ?? ((await import("node:crypto")).webcrypto as unknown as Crypto);
}
