import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, it } from "node:test";
import { inspect } from "node:util";
import { Client, faultOf, Secret, type CallError, type ClientOptions } from "../src/runtime/index.js";
import { parseEndpoint, endpointOf } from "../src/runtime/endpoint.js";
import { Redaction } from "../src/runtime/redact.js";
import { actions } from "./actions.js";

/** What the server saw of a request. */
interface Seen {
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Reply = (response: ServerResponse, seen: Seen) => void;

let server: Server;
let endpoint = "";
let seen: Seen[] = [];
let replies: Reply[] = [];

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

const broken: Reply = (response) => {
  response.destroy();
};

const silent: Reply = () => undefined;

before(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const query = new URL(request.url ?? "", "http://localhost").searchParams;
      const one = { query, headers: request.headers, body: Buffer.concat(parts).toString() };
      seen.push(one);
      (replies.shift() ?? json(200, {}))(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  seen = [];
  replies = [];
});

function client(options: ClientOptions = {}): Client {
  const credentials = { accessKeyId: "testid", accessKeySecret: "testsecret" };
  return new Client({ endpoint, dangerousAllowHttp: true, credentials, waitDelayMs: 1, ...options });
}

async function failure(call: Promise<unknown>): Promise<CallError> {
  try {
    await call;
  } catch (error) {
    return error as CallError;
  }
  throw new assert.AssertionError({ message: "it went through" });
}

const request = { id: "abc" };

describe("a call", () => {
  it("is signed, and its answer is typed", async () => {
    replies = [json(200, '{"OrderId": "9007199254740993", "New": 1, "RequestId": "r"}')];
    const answer = await client().send(actions.order, { ...request, user: { password: new Secret("hunter2") } });
    assert.equal(answer.orderId, 9007199254740993n);
    assert.equal(seen[0]?.query.get("User.Password"), "hunter2");
    assert.match(seen[0].headers.authorization ?? "", /^ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-/u);
    assert.equal(seen[0].headers["x-acs-action"], "Order");
  });
  it("may carry secrets in the form, and the older signature", async () => {
    const user = { password: new Secret("hunter2") };
    await client({ secretsInForm: true, algorithm: "HMAC-SHA1" }).send(actions.order, { ...request, user });
    assert.equal(seen[0]?.body, "User.Password=hunter2");
    assert.equal(seen[0].query.get("SignatureMethod"), "HMAC-SHA1");
    assert.equal(seen[0].query.has("User.Password"), false);
  });
  it("that breaks what is declared sends nothing", async () => {
    const error = await failure(client().send(actions.order, {} as { id: string }));
    assert.equal(error.kind, "validation");
    assert.equal(seen.length, 0);
  });
  it("that breaks what is documented is sent, unless it is strict", async () => {
    await client().send(actions.order, { id: "much too long" });
    assert.equal(
      (await failure(client({ strict: true }).send(actions.order, { id: "much too long" }))).kind,
      "validation",
    );
    assert.equal(seen.length, 1);
  });
  it("ends when it is given up", async () => {
    replies = [silent];
    const giveUp = new AbortController();
    setTimeout(() => {
      giveUp.abort();
    }, 20);
    const call = client().send(actions.list, {}, { signal: giveUp.signal });
    await assert.rejects(call, { name: "AbortError" });
  });
});

describe("repetitions", () => {
  const busy = json(503, { Code: "ServiceUnavailable", Message: "no" });
  it("are made of what only reads", async () => {
    replies = [busy, broken, json(200, { Items: ["a"] })];
    assert.deepEqual((await client().send(actions.list, {})).items, ["a"]);
    assert.equal(seen.length, 3);
    assert.equal(new Set(seen.map(({ headers }) => headers["x-acs-signature-nonce"])).size, 3);
  });
  it("end", async () => {
    replies = [busy, busy, busy, busy];
    assert.equal((await failure(client().send(actions.list, {}))).kind, "service");
    assert.equal(seen.length, 3);
  });
  for (const [what, reply, kind] of [
    ["an error of the service", busy, "may-have-been-applied"],
    ["a connection that breaks", broken, "may-have-been-applied"],
    ["an answer that does not come", silent, "may-have-been-applied"],
    ["an answer that cannot be read", json(200, "<html>"), "may-have-been-applied"],
    ["a refusal", json(400, { Code: "InvalidParameter" }), "service"],
    ["to be throttled", json(400, { Code: "Throttling.User" }), "throttled"],
  ] as const) {
    it(`are never made of what costs money: ${what}`, async () => {
      replies = [reply];
      const error = await failure(client({ attemptTimeoutMs: 100 }).send(actions.bought, request));
      assert.equal(error.kind, kind, error.message);
      assert.equal(seen.length, 1);
    });
  }
  it("carry one token", async () => {
    replies = [broken, busy, json(200, {})];
    await client().send(actions.tokened, request);
    const tokens = new Set(seen.map(({ query }) => query.get("ClientToken")));
    assert.equal(seen.length, 3);
    assert.equal(tokens.size, 1);
    assert.match([...tokens][0] ?? "", /^[0-9a-f]{32}$/u);
  });
  it("wait as long as the service asks", async () => {
    replies = [json(429, { Code: "Throttling" }, { "x-acs-retry-after": "30" }), json(200, {})];
    const begun = performance.now();
    await client().send(actions.list, {});
    assert.ok(performance.now() - begun >= 29);
  });
});

describe("answers", () => {
  for (const [what, reply, kind] of [
    ["a redirect", json(302, "", { location: "http://127.0.0.1:1/" }), "service"],
    ["a failure that looks like success", json(200, { Success: "false", ErrCode: "X" }), "service"],
    ["what is no JSON", json(200, "{"), "decode"],
    ["a name that comes twice", json(200, '{"a": 1, "a": 2}'), "decode"],
    ["what is too large", json(200, `"${"x".repeat(5000)}"`), "transport"],
    ["a list where an object belongs", json(200, "[]"), "decode"],
  ] as const) {
    it(`are refused: ${what}`, async () => {
      replies = [reply];
      const error = await failure(client({ bodyLimit: 4096 }).send(actions.list, {}));
      assert.equal(error.kind, kind, error.message);
      assert.equal(seen.length, 1);
    });
  }
  it("do not repeat a secret", async () => {
    replies = [json(400, { Code: "Bad", Message: "p%20w/\u4e2d and testsecret, cCB3L+S4rQ", RequestId: "r" })];
    const error = await failure(client().send(actions.list, { secret: new Secret("p w/\u4e2d") }));
    const shown = `${error.message} ${inspect(error, { depth: 9, showHidden: true })}`;
    assert.ok(!/p%20w|testsecret|cCB3L/u.test(shown), shown);
    assert.equal(faultOf(error)?.requestId, "r");
  });
});

describe("pages", () => {
  const page = (items: readonly string[], total: number): Reply => json(200, { Items: items, Total: total });
  it("are turned until all items have come", async () => {
    replies = [page(["a", "b"], 3), page(["c"], 3)];
    const items: string[] = [];
    for await (const item of client().items(actions.list, {})) {
      items.push(item);
    }
    assert.deepEqual(items, ["a", "b", "c"]);
    assert.deepEqual(
      seen.map(({ query }) => query.get("Page")),
      ["1", "2"],
    );
  });
  it("do not go round in circles", async () => {
    replies = [page(["a"], 9), page(["a"], 9)];
    const turned = (async (): Promise<void> => {
      for await (const one of client().pages(actions.list, { page: 2 })) {
        assert.deepEqual(one.items, ["a"]);
      }
    })();
    assert.match((await failure(turned)).message, /page 3 is the page before it once more/u);
  });
});

describe("waiters", () => {
  it("ask until it is there", async () => {
    replies = [json(200, { Status: "Starting" }), json(200, { Status: "running", Items: ["x"] })];
    assert.deepEqual((await client().wait(actions.running, {})).items, ["x"]);
  });
  it("take an error for an answer", async () => {
    replies = [json(404, { Code: "Gone" })];
    await client().wait(actions.running, {});
  });
  it("say why it will not come", async () => {
    replies = [
      json(200, {
        Status: "Failed",
        Why: [
          { State: "Bad", Text: "no\ndisk" },
          { State: "good", Text: "x" },
        ],
      }),
    ];
    const error = await failure(client().wait(actions.running, {}));
    assert.equal(error.message, "Running: List says `Failed`:\n  Text: no disk");
  });
  it("give up", async () => {
    replies = ["a", "b", "c"].map((state) => json(200, { Status: state }));
    const error = await failure(client().wait(actions.running, {}));
    assert.equal(error.message, "Running: List was asked 3 times and still says `c`. Wait again, or longer.");
  });
  it("buy nothing", async () => {
    const { acceptors } = actions.running;
    const waiter = { name: "Bought", action: actions.bought, delay: 1, attempts: 9, acceptors };
    assert.equal((await failure(client().wait(waiter, request))).kind, "configuration");
    assert.equal(seen.length, 0);
  });
});

describe("settings", () => {
  it("are held to a grammar", () => {
    for (const host of ["a.example.com", "a.example.com:8443", "127.0.0.1:80", "[::1]:8080", "localhost"]) {
      assert.equal(parseEndpoint(`https://${host}`).authority, host);
      assert.equal(parseEndpoint(`http://${host}`).isPlain, true);
    }
    const bad =
      "| a|a.b/|a.b?x|u@a.b|a.b\r\n|A.b|a.b.|a..b|-a.b|a-.b|2130706433|0x7f.1|0177.0.0.1|1.2.3|256.1.1.1|[::1|a.b:0|a.b:65536|a.b:|a.b:080|a.b:1:2|ftp://a.b|https://|x.0x7f|[fe80::1%25eth0]";
    for (const host of bad.split("|")) {
      assert.throws(() => parseEndpoint(host), { kind: "configuration" }, host);
    }
  });
  it("find the host of a region", () => {
    const { api } = actions.order;
    assert.equal(endpointOf(api, "cn-hangzhou", "vpc").authority, "shop.example.com");
    assert.equal(endpointOf(api, "xx-new-1", "vpc").authority, "shop-vpc.xx-new-1.example.com");
    for (const region of ["cn-hangzhou.evil.invalid/", "cn-x\r\nX: 1", "../", "", "cn", "c-1", "cn-", "CN-x"]) {
      assert.throws(() => endpointOf(api, region, ""), { kind: "configuration" }, region);
    }
  });
  it("refuse what is not encrypted", () => {
    assert.throws(() => new Client({ endpoint }), /not encrypted/u);
    assert.throws(() => new Client({ userAgent: "a\r\nb", region: "cn-hangzhou" }), /printable/u);
  });
  it("refuse keys that no key is", async () => {
    const error = await failure(
      client({ credentials: { accessKeyId: "a", accessKeySecret: "b\r\nx: y" } }).send(actions.list, {}),
    );
    assert.equal(error.kind, "credentials");
    assert.ok(!error.message.includes("x: y"));
  });
});

describe("redaction", () => {
  it("finds secrets in every encoding", () => {
    const secret = 'p w/中+"%25&';
    for (const echo of [
      secret,
      "p%20w%2F%E4%B8%AD%2B%22%2525%26",
      "p+w%2f%e4%b8%ad%2B%22%2525%26",
      "p%2520w%252F%25E4%25B8%25AD%252B%2522%252525%2526",
      'p w\\/中+\\"%25\\u0026',
      "p w/中+&quot;%25&amp;",
    ]) {
      assert.equal(new Redaction(["no such", secret]).apply(`<${echo}> no`), "<***> no");
    }
    assert.equal(new Redaction(["hunter2", "hunter22", "ab", ""]).apply("hunter22 hunter2 ab"), "*** *** ab");
    assert.equal(new Redaction([]).apply("a\r\nb\u{1b}[31mc\u{85}"), "a  b [31mc ");
  });
});
