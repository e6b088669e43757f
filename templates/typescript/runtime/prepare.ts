/** From the wire form to a request that can be sent, and its signature. Nothing is sent from here. */

import type { AnyAction } from "./action.js";
import type { Credentials } from "./credentials.js";
import { originOf, type Endpoint } from "./endpoint.js";
import { ConfigurationError } from "./error.js";
import * as sign from "./sign.js";
import type { Pair } from "./sign.js";
import type { Place } from "./table.js";
import { WireField, type Wire } from "./wire.js";

/** What a client says about all its requests. */
export interface Manner {
  /** Where they go. */
  readonly endpoint: Endpoint;
  /** What the client calls itself. */
  readonly userAgent: string;
  /** How they are signed. */
  readonly algorithm: sign.Algorithm;
  /** Sensitive parameters travel in the form, and not in the URL. */
  readonly secretsInForm: boolean;
}

/** A request, but for the signature and what it needs: what stays the same for every attempt. */
export interface Outgoing {
  /** What is called. */
  readonly action: AnyAction;
  /** How it is called. */
  readonly manner: Manner;
  /** The path, percent-encoded. */
  readonly path: string;
  /** The parameters in the URL. */
  readonly query: readonly Pair[];
  /** Headers that do not depend on the signature. */
  readonly headers: readonly Pair[];
  /** The parameters in the form. */
  readonly form: readonly Pair[];
  /** The body, as it is sent. */
  readonly body: string;
}

/** What makes every attempt another request: a number that is used once, and the time. */
export interface Stamp {
  /** Letters and digits, never used before. */
  readonly nonce: string;
  /** `2006-01-02T15:04:05Z`. */
  readonly date: string;
}

/** One attempt, signed. It holds every parameter, passwords included: not for showing. */
export interface Signed {
  /** The whole URL. */
  readonly url: string;
  /** The headers, in order. */
  readonly headers: readonly Pair[];
  /** What was signed. */
  readonly stringToSign: string;
}

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json; charset=utf-8";

/** A request of an action. */
export function prepare(action: AnyAction, wire: Wire, manner: Manner): Outgoing {
  const refuse = (what: string): ConfigurationError => new ConfigurationError(`${action.action}: ${what}`);
  const [host] = wire.host;
  if (host !== undefined) {
    throw refuse(
      `\`${host.name}\` travels in the host name, which this client cannot fill: name the whole host with \`endpoint\``,
    );
  }
  const inXml = action.parameters.find((parameter) => parameter.style === "xml");
  if (inXml !== undefined && wire.body.length > 0) {
    throw refuse(`\`${inXml.name}\` travels as XML, which this client cannot write`);
  }
  const has = (place: Place): boolean => action.parameters.some((parameter) => parameter.place === place);
  let query = [...wire.query];
  const form = [...wire.form];
  if (manner.secretsInForm && action.method !== "GET" && !has("body")) {
    form.push(...query.filter((field) => field.isSensitive));
    query = query.filter((field) => !field.isSensitive);
  }
  // Some paths end in a query that is always the same.
  const [, always = ""] = action.path.split("?", 2);
  for (const pair of always.split("&").filter((text) => text !== "")) {
    const [name = "", ...value] = pair.split("=");
    query.push(new WireField(name, value.join("=")));
  }
  const [whole] = wire.body;
  if (whole !== undefined && form.length > 0) {
    throw refuse("a request cannot have both a form and another body");
  }
  const type = whole !== undefined || (form.length === 0 && has("body")) ? JSON_TYPE : FORM;
  const hasType = whole !== undefined || form.length > 0 || has("body") || has("form");
  const headers: Pair[] = [
    ["host", manner.endpoint.authority],
    ["x-acs-version", action.api.version],
    ["x-acs-action", action.action],
    ["user-agent", manner.userAgent],
    ["accept", "application/json"],
    ...(hasType ? [["content-type", type] as const] : []),
    ...pairs(wire.header),
  ];
  headers.forEach(checkHeader);
  const formPairs = pairs(form);
  return {
    action,
    manner,
    path: filledPath(action, wire.path, refuse),
    query: pairs(query),
    headers,
    form: formPairs,
    body: whole === undefined ? sign.joinPairs(formPairs) : whole.value,
  };
}

function pairs(fields: readonly WireField[]): Pair[] {
  return fields.map((field) => [field.name, field.value]);
}

/** The path with its placeholders filled. A value that a URL parser would take for a step up is refused. */
function filledPath(
  action: AnyAction,
  given: readonly WireField[],
  refuse: (what: string) => ConfigurationError,
): string {
  const [path = ""] = action.path.split("?", 1);
  return path.replace(/\{([^{}]*)\}/gu, (_, name: string) => {
    const value = given.find((field) => field.name === name)?.value;
    if (value === undefined) {
      throw refuse(`\`${name}\` is a part of the path and is missing`);
    }
    if (value === "" || value === "." || value === "..") {
      throw refuse(`\`${name}\` is a part of the path: it cannot be empty, \`.\` or \`..\``);
    }
    return sign.encodeStrict(value);
  });
}

/** A header with a control character could smuggle in another one. Its value is not shown. */
function checkHeader([name, value]: Pair): void {
  if (/[\u0000-\u001f\u007f]/u.test(value)) {
    throw new ConfigurationError(`the header \`${name}\` would hold a control character: take it out of the value`);
  }
}

/** Signs one attempt. */
export async function signRequest(outgoing: Outgoing, credentials: Credentials, stamp: Stamp): Promise<Signed> {
  const { algorithm } = outgoing.manner;
  return algorithm === "HMAC-SHA1"
    ? inQuery(outgoing, credentials, stamp)
    : inHeader(algorithm, outgoing, credentials, stamp);
}

async function inHeader(
  algorithm: sign.Acs3Algorithm,
  outgoing: Outgoing,
  credentials: Credentials,
  stamp: Stamp,
): Promise<Signed> {
  const { action, path, query } = outgoing;
  const hash = await sign.payloadHash(algorithm, outgoing.body);
  const headers: Pair[] = [
    ...outgoing.headers,
    ["x-acs-date", stamp.date],
    ["x-acs-signature-nonce", stamp.nonce],
    ["x-acs-content-sha256", hash],
    ["x-acs-credentials-provider", credentials.provider],
  ];
  if (credentials.securityToken !== undefined) {
    headers.push(["x-acs-accesskey-id", credentials.accessKeyId]);
    headers.push(["x-acs-security-token", credentials.securityToken.expose()]);
  }
  headers.forEach(checkHeader);
  const toSign = headers.filter(([name]) => sign.isSignedHeader(name));
  const canonical = sign.canonicalRequest(action.method, path, query, toSign, hash);
  const stringToSign = await sign.acs3StringToSign(algorithm, canonical.request);
  const signature = await sign.acs3Signature(algorithm, credentials.accessKeySecret.expose(), stringToSign);
  const authorization = sign.acs3Authorization(algorithm, credentials.accessKeyId, canonical.signedHeaders, signature);
  headers.push(["Authorization", authorization]);
  return { url: urlOf(outgoing, query), headers, stringToSign };
}

async function inQuery(outgoing: Outgoing, credentials: Credentials, stamp: Stamp): Promise<Signed> {
  const { action, form } = outgoing;
  if (action.api.protocol === "roa") {
    throw new ConfigurationError(`${action.action}: the signature RPC 1.0 is for APIs with one path: use ACS3`);
  }
  const taken = [...outgoing.query, ...form].find(([name]) => sign.RPC1_RESERVED.includes(name));
  if (taken !== undefined) {
    throw new ConfigurationError(
      `${action.action}: the parameter \`${taken[0]}\` cannot travel beside an RPC 1.0 signature, which has one of that ` +
        "name: use ACS3",
    );
  }
  const token = credentials.securityToken;
  const query: Pair[] = [
    ["Action", action.action],
    ["Format", "json"],
    ["Version", action.api.version],
    ["Timestamp", stamp.date],
    ["SignatureNonce", stamp.nonce],
    ...(token === undefined ? [] : [["SecurityToken", token.expose()] as const]),
    ...outgoing.query,
    ["SignatureMethod", "HMAC-SHA1"],
    ["SignatureVersion", "1.0"],
    ["AccessKeyId", credentials.accessKeyId],
  ];
  const stringToSign = sign.rpc1StringToSign(action.method, [...query, ...form]);
  query.push(["Signature", await sign.rpc1Signature(credentials.accessKeySecret.expose(), stringToSign)]);
  const headers: Pair[] = [...outgoing.headers, ["x-acs-credentials-provider", credentials.provider]];
  headers.forEach(checkHeader);
  return { url: urlOf(outgoing, query), headers, stringToSign };
}

function urlOf(outgoing: Outgoing, query: readonly Pair[]): string {
  const mark = query.length === 0 ? "" : "?";
  return `${originOf(outgoing.manner.endpoint)}${outgoing.path}${mark}${sign.joinPairs(query)}`;
}
