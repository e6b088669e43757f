/**
 * Who signs. Where credentials come from is the affair of the vendor's own library, `@alicloud/credentials`: its chain of
 * sources is asked if nothing else is given, and it is loaded only then.
 */

import { CredentialsError } from "./error.js";
import { Secret } from "./secret.js";

/** What a request is signed with. */
export interface Credentials {
  /** The access key's ID. */
  readonly accessKeyId: string;
  /** The access key's secret. */
  readonly accessKeySecret: Secret;
  /** The security token of temporary credentials. */
  readonly securityToken: Secret | undefined;
  /** Where they come from, as the service is told: `static_ak`, `default/env`. */
  readonly provider: string;
}

/** An access key, as a program names it. */
export interface AccessKey {
  /** The access key's ID. */
  readonly accessKeyId: string;
  /** The access key's secret. */
  readonly accessKeySecret: string | Secret;
  /** The security token of temporary credentials. */
  readonly securityToken?: string | Secret | undefined;
  /** Where it comes from, as the service is told. */
  readonly provider?: string | undefined;
}

/** What the vendor's library offers: a client of `@alicloud/credentials` is one. */
export interface OfficialCredentials {
  /** The credentials to use now. */
  getCredential(): Promise<OfficialModel>;
}

/** What the vendor's library gives. */
export interface OfficialModel {
  /** The access key's ID. */
  readonly accessKeyId?: string;
  /** The access key's secret. */
  readonly accessKeySecret?: string;
  /** The security token of temporary credentials. */
  readonly securityToken?: string;
  /** Where they come from. */
  readonly providerName?: string;
}

/** An access key, something that fetches one for every attempt, or a client of the vendor's library. */
export type CredentialsSource = AccessKey | (() => Promise<AccessKey>) | OfficialCredentials;

/** Gives the credentials to use now. */
export type Provide = (action: string) => Promise<Credentials>;

/** A source as something that can be asked. `undefined`: the vendor's chain. */
export function providerOf(source: CredentialsSource | undefined): Provide {
  let official: Promise<OfficialCredentials> | undefined;
  return async (action) => {
    if (source !== undefined && !("getCredential" in source)) {
      const key = typeof source === "function" ? await source() : source;
      return checked(action, key, "static");
    }
    if (official === undefined) {
      official = source === undefined ? load(action) : Promise.resolve(source);
      // Who installs the library meanwhile may try again.
      official.catch(() => {
        official = undefined;
      });
    }
    const library = await official;
    let model: OfficialModel;
    try {
      model = await library.getCredential();
    } catch (error) {
      throw new CredentialsError(action, error instanceof Error ? error.message : "the credentials' source failed");
    }
    const key: AccessKey = {
      accessKeyId: model.accessKeyId ?? "",
      accessKeySecret: model.accessKeySecret ?? "",
      securityToken: model.securityToken === "" ? undefined : model.securityToken,
      provider: model.providerName,
    };
    return checked(action, key, "default");
  };
}

async function load(action: string): Promise<OfficialCredentials> {
  interface Library {
    readonly default: (new () => OfficialCredentials) | { readonly default: new () => OfficialCredentials };
  }
  let library: Library;
  try {
    // Not known to the compiler: nobody needs it who names a key.
    const name = "@alicloud/credentials";
    library = (await import(name)) as Library;
  } catch {
    throw new CredentialsError(
      action,
      "no credentials: install `@alicloud/credentials`, which finds them as the vendor's SDKs do, or give the client an " +
        "access key",
    );
  }
  const made = "default" in library.default ? library.default.default : library.default;
  try {
    return new made();
  } catch (error) {
    throw new CredentialsError(action, error instanceof Error ? error.message : "the chain of credentials failed");
  }
}

/** No part is empty or holds a sign that no key has: it could smuggle a header into a request. */
function checked(action: string, key: AccessKey, source: string): Credentials {
  const secret = (text: string | Secret): Secret => (text instanceof Secret ? text : new Secret(text));
  const securityToken = key.securityToken === undefined ? undefined : secret(key.securityToken);
  const fallback = securityToken === undefined ? "static_ak" : "static_sts";
  const found: Credentials = {
    accessKeyId: key.accessKeyId,
    accessKeySecret: secret(key.accessKeySecret),
    securityToken,
    provider: key.provider ?? (source === "static" ? fallback : source),
  };
  const parts = [
    ["access key's ID", found.accessKeyId],
    ["access key's secret", found.accessKeySecret.expose()],
    ["security token", securityToken?.expose()],
    ["name of the provider", found.provider],
  ] as const;
  for (const [what, text] of parts) {
    if (text === "") {
      throw new CredentialsError(action, `the ${what} is empty`);
    }
    if (text !== undefined && !/^[!-~]+$/u.test(text)) {
      throw new CredentialsError(
        action,
        `the ${what} holds a blank, a line break or another character that it cannot hold: copy it again`,
      );
    }
  }
  return found;
}
