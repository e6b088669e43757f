/** What programs use of the runtime: the client with what belongs to it, and what models and validators need. */

export { Answer } from "./answer.js";
export { Client, type CallOptions, type ClientOptions, type Logger } from "./client.js";
export * from "./core.js";
export type { AccessKey, CredentialsSource, OfficialCredentials, OfficialModel } from "./credentials.js";
export * from "./error.js";
export type { Algorithm } from "./sign.js";
export type { Fetch, FetchOptions } from "./transport.js";
