/** What a client takes from where it runs: variables, a name for itself, the clock. */

import { ConfigurationError } from "./error.js";

/** The process, where there is one. */
interface Platform {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: string;
  readonly arch?: string;
  readonly versions?: { readonly node?: string };
}

function platform(): Platform | undefined {
  return (globalThis as { readonly process?: Platform }).process;
}

/** The environment's variables; none where there is no process. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return platform()?.env ?? {};
}

export function userAgent(suffix: string | undefined): string {
  const { platform: system = "browser", arch = "any", versions } = platform() ?? {};
  const engine = versions?.node === undefined ? "javascript" : `node/${versions.node}`;
  const text = `bindery-typescript/0.1 (${system}; ${arch}) ${engine}${suffix === undefined ? "" : ` ${suffix}`}`;
  if (!/^[ -~]*$/u.test(text)) {
    throw new ConfigurationError("the user agent may hold printable ASCII alone");
  }
  return text;
}

export function milliseconds(name: string, text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!/^\d+$/u.test(text)) {
    throw new ConfigurationError(`${name} is a number of milliseconds`);
  }
  return Number(text);
}

/** What comes of a promise, or the error of a time that is over. */
export async function within<T>(promise: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        reject(late());
      },
      Math.min(Math.max(ms, 0), 2 ** 31 - 1),
    );
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}

export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
