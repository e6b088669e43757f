/**
 * Where a service answers: the host of a region, and the grammar that every host and region is held to before anything is
 * done with it. What the grammar refuses, a URL parser might read as another host.
 */

import type { Api } from "./action.js";
import { ConfigurationError } from "./error.js";

/** A host to send requests to. */
export interface Endpoint {
  /** Requests are not encrypted. */
  readonly isPlain: boolean;
  /** The host, and the port if one is named. */
  readonly authority: string;
}

/** Reads `host`, `host:port`, `https://host` or, for what is not encrypted, `http://host`. The value is never shown. */
export function parseEndpoint(text: string): Endpoint {
  const [, scheme, authority = ""] = /^(?:([^:/]*):\/\/)?(.*)$/su.exec(text) ?? [];
  if (scheme !== undefined && scheme !== "https" && scheme !== "http") {
    throw new ConfigurationError("an endpoint begins with `https://` or with the host itself");
  }
  const [, host = authority, port] = /^(.*):([^:\]]*)$/su.exec(authority) ?? [];
  if (!hostFits(host)) {
    throw new ConfigurationError(
      "an endpoint is a host name in lower case or an IP address, with a port if need be: no user, path or query",
    );
  }
  if (port !== undefined && !(/^[1-9][0-9]{0,4}$/u.test(port) && Number(port) <= 65_535)) {
    throw new ConfigurationError("the endpoint's port is a number from 1 to 65535");
  }
  return { isPlain: scheme === "http", authority };
}

/** The host of an API in a region: the region's own host if the API lists it, else the one that its pattern gives. */
export function endpointOf(api: Api, region: string, network: string): Endpoint {
  checkRegion(region, network);
  const listed = api.regions.find(([known]) => known === region)?.[1];
  const infix = network === "" || network === "public" ? "" : `-${network}`;
  const host = listed ?? api.pattern?.replaceAll("{region}", region).replaceAll("{network}", infix);
  if (host === undefined) {
    throw new ConfigurationError(
      `${api.product} ${api.version} lists no endpoint for the region ${region}: name one with \`endpoint\``,
    );
  }
  return parseEndpoint(host);
}

/** Refuses a region or a network that cannot be part of a host's name. */
export function checkRegion(region: string, network: string): void {
  const fits = region.length <= 63 && /^[a-z]{2,}-[a-z0-9-]*[a-z0-9]$/u.test(region);
  if (!fits && region !== "public") {
    throw new ConfigurationError("a region is like `cn-hangzhou`: lower-case letters, then `-`, letters and digits");
  }
  if (!/^[a-z]{0,16}$/u.test(network)) {
    throw new ConfigurationError("a network is a word in lower case, like `vpc`");
  }
}

/** The endpoint as the beginning of a URL. */
export function originOf(endpoint: Endpoint): string {
  return `${endpoint.isPlain ? "http" : "https"}://${endpoint.authority}`;
}

function hostFits(host: string): boolean {
  if (host.startsWith("[")) {
    return /^\[[0-9a-fA-F:.]+\]$/u.test(host) && isUrl(`http://${host}`);
  }
  const numbers = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u.exec(host)?.slice(1);
  if (numbers !== undefined) {
    return numbers.every((number) => Number(number) <= 255 && String(Number(number)) === number);
  }
  const labels = host.split(".");
  // A name whose last label begins with a digit is read as an address, in notations that mean other hosts to others.
  const isNamed = /^[a-z]/u.test(labels.at(-1) ?? "");
  const fit = labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/u.test(label));
  return host.length <= 253 && fit && isNamed && (labels.length > 1 || host === "localhost");
}

/** The URL parser knows the grammar of IPv6 addresses; older platforms have no `URL.canParse`. */
function isUrl(text: string): boolean {
  try {
    return new URL(text).host !== "";
  } catch {
    return false;
  }
}
