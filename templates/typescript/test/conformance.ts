/**
 * The conformance program: JSON lines on stdin, a verdict a line on stdout. It is not part of the package.
 *
 * `{"action", "request", "language"?}` → `{"violations", "wire", "typed", "disagrees"?}`; `{"sign": {…}}` → what a signature is made of;
 * `{"send": {…}}` → a whole call; `{"action", "decode": …}` → what an answer reads as; with `"as": …` → in how many of its
 * objects something is left over, and whether both read the same.
 */

import { createInterface } from "node:readline";
import * as actions from "../src/actions.js";
import { Answer } from "../src/runtime/answer.js";
import {
  check,
  checkJson,
  fromJson,
  jsonToWire,
  Misfit,
  parseJson,
  Secret,
  toWire,
  writeJson,
  type AnyAction,
  type Language,
  type Value,
  type Violation,
  type Wire,
} from "../src/runtime/core.js";
import { DecodeError } from "../src/runtime/error.js";
import { parseEndpoint } from "../src/runtime/endpoint.js";
import { isMembers, members } from "../src/runtime/json.js";
import { textOf } from "../src/runtime/message.js";
import { prepare, signRequest } from "../src/runtime/prepare.js";
import * as sign from "../src/runtime/sign.js";

type Line = ReadonlyMap<string, Value>;

const known = new Map<string, AnyAction>(
  Object.values(actions as unknown as Record<string, AnyAction>)
    .filter((one) => "parameters" in one)
    .map((action) => [action.action, action]),
);

function verdict(violations: readonly Violation[], language: Language): Value {
  return violations.map(({ code, path, rule, severity, message }) => ({
    code,
    path,
    ...(rule === undefined ? {} : { rule }),
    severity,
    message: message[language],
  }));
}

function wireValue(wire: Wire): Value {
  return Object.fromEntries(
    Object.entries(wire).map(([place, fields]) => [place, fields.map(({ name, value }): Value => [name, value])]),
  );
}

/** What the typed form of a request makes of it, where that is something else; `typed: false` where there is none. */
function typedForm(action: AnyAction, request: Value, untyped: Verdict, language: Language): Record<string, Value> {
  let typed: object;
  try {
    typed = fromJson(action, request);
  } catch (error) {
    if (error instanceof Misfit) {
      return { typed: false };
    }
    throw error;
  }
  const own = action as unknown as Parameters<typeof check<object>>[0];
  const said = { violations: verdict(check(own, typed), language), wire: wireValue(toWire(own, typed)) };
  const agrees =
    writeJson(said.violations) === writeJson(untyped.violations) && meant(said.wire) === meant(untyped.wire);
  return agrees ? { typed: true } : { typed: true, disagrees: said };
}

interface Verdict {
  readonly violations: Value;
  readonly wire: Value;
}

/** JSON in which texts of JSON are what they say, members by name and without nulls: types have an order of their own. */
function meant(value: Value): string {
  return writeJson(inOrder(value));
}

function inOrder(value: Value): Value {
  if (typeof value === "string" && /^[[{]/u.test(value)) {
    try {
      return inOrder(parseJson(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) {
    return (value as readonly Value[]).map(inOrder);
  }
  if (!isMembers(value)) {
    return value;
  }
  const given = members(value).filter(([, member]) => member !== null);
  const sorted = given.sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(sorted.map(([name, member]) => [name, inOrder(member)]));
}

function pairsOf(value: Value): [string, string][] {
  const pairs = Array.isArray(value) ? (value as readonly (readonly [string, string])[]) : [];
  return pairs.map(([name, text]) => [name, text]);
}

async function signature(given: Line): Promise<Value> {
  const text = (name: string): string => textOf(given.get(name) ?? "");
  const query = typeof given.get("query") === "string" ? decoded(text("query")) : pairsOf(given.get("query"));
  const [method, secret] = [text("method"), text("access_key_secret")];
  if (text("algorithm") === "HMAC-SHA1") {
    const stringToSign = sign.rpc1StringToSign(method, [...query, ...decoded(text("form"))]);
    return { string_to_sign: stringToSign, signature: await sign.rpc1Signature(secret, stringToSign) };
  }
  const algorithm = text("algorithm") === "ACS3-HMAC-SM3" ? "ACS3-HMAC-SM3" : "ACS3-HMAC-SHA256";
  const hash = await sign.payloadHash(algorithm, text("body"));
  const headers = [...pairsOf(given.get("headers")), ["x-acs-content-sha256", hash] as const];
  const canonical = sign.canonicalRequest(method, text("path"), query, headers, hash);
  const stringToSign = await sign.acs3StringToSign(algorithm, canonical.request);
  const signed = await sign.acs3Signature(algorithm, secret, stringToSign);
  return {
    payload_hash: hash,
    canonical_request: canonical.request,
    string_to_sign: stringToSign,
    signed_headers: canonical.signedHeaders,
    signature: signed,
    authorization: sign.acs3Authorization(algorithm, text("access_key_id"), canonical.signedHeaders, signed),
  };
}

/** A whole call as it is sent, for the nonce and the date of the line. */
async function call(given: Line): Promise<Value> {
  const text = (name: string): string => textOf(given.get(name) ?? "");
  const action = known.get(text("action"));
  const keys = given.get("credentials");
  if (action === undefined || !(keys instanceof Map)) {
    return { error: "no such action" };
  }
  const key = (name: string): string => textOf((keys as Line).get(name) ?? "");
  const token = key("SecurityToken");
  const outgoing = prepare(action, jsonToWire(action, given.get("request"), true), {
    endpoint: parseEndpoint(text("host")),
    userAgent: "conformance",
    algorithm: text("algorithm") === "HMAC-SHA1" ? "HMAC-SHA1" : "ACS3-HMAC-SHA256",
    secretsInForm: false,
  });
  const credentials = {
    accessKeyId: key("AccessKeyId"),
    accessKeySecret: new Secret(key("AccessKeySecret")),
    securityToken: token === "" ? undefined : new Secret(token),
    provider: token === "" ? "static_ak" : "static_sts",
  };
  const signed = await signRequest(outgoing, credentials, { nonce: text("nonce"), date: text("date") });
  return {
    query: decoded(new URL(signed.url).search.slice(1)),
    body: outgoing.body,
    headers: signed.headers.map(([name, value]) => [name, value]),
  };
}

function decoded(text: string): [string, string][] {
  const pairs = text.split("&").filter((pair) => pair !== "");
  return pairs.map((pair) => {
    const [name = "", ...value] = pair.split("=");
    const plain = (part: string): string => decodeURIComponent(part.replaceAll("+", " "));
    return [plain(name), plain(value.join("="))];
  });
}

/** An answer as its type; nothing if it is something else altogether. */
function typedAnswer(action: AnyAction, json: Value): Value {
  const own = action as unknown as Parameters<Answer["typed"]>[0];
  try {
    const typed: unknown = new Answer(200, undefined, json).typed(own);
    return typed as Value;
  } catch (error) {
    if (error instanceof DecodeError) {
      return undefined;
    }
    throw error;
  }
}

function leftOver(value: Value): number {
  const sum = (all: readonly Value[]): number => all.reduce<number>((count, one) => count + leftOver(one), 0);
  if (Array.isArray(value)) {
    return sum(value as readonly Value[]);
  }
  if (!isMembers(value)) {
    return 0;
  }
  const all = members(value);
  const others = all.find(([name]) => name === "others")?.[1] ?? null;
  const here = isMembers(others) && members(others).length > 0 ? 1 : 0;
  return here + sum(all.filter(([name]) => name !== "others").map(([, member]) => member));
}

async function answer(text: string): Promise<Value> {
  const line = parseJson(text) as Line;
  const toSign = line.get("sign");
  if (toSign !== undefined) {
    return { sign: await signature(toSign as Line) };
  }
  const toSend = line.get("send");
  if (toSend !== undefined) {
    return { send: await call(toSend as Line) };
  }
  const action = known.get(textOf(line.get("action")));
  if (action === undefined) {
    return { error: "no such action" };
  }
  if (line.has("decode")) {
    const typed = typedAnswer(action, line.get("decode"));
    if (!line.has("as")) {
      return { decoded: typed };
    }
    const same = typed !== undefined && meant(typed) === meant(typedAnswer(action, line.get("as")));
    return { left: typed === undefined ? null : leftOver(typed), same };
  }
  const request = line.get("request");
  const language = line.get("language") === "zh" ? "zh" : "en";
  const violations = verdict(checkJson(action, request), language);
  if (!(request instanceof Map)) {
    return { violations, wire: null, typed: false };
  }
  const untyped = { violations, wire: wireValue(jsonToWire(action, request)) };
  return { ...untyped, ...typedForm(action, request, untyped, language) };
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") {
    process.stdout.write(`${writeJson(await answer(line))}\n`);
  }
}
