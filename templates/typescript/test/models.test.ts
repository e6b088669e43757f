import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import {
  check,
  checkJson,
  fromJson,
  jsonToWire,
  parseJson,
  Secret,
  toWire,
  validate,
  ValidationError,
  writeJson,
  type Action,
  type Model,
} from "../src/runtime/core.js";
import { JsonError } from "../src/runtime/core.js";
import { decode } from "../src/runtime/model.js";
import { didYouMean } from "../src/runtime/similar.js";
import { actions } from "./actions.js";

describe("secrets", () => {
  const secret = new Secret("hunter2");
  it("show nothing", () => {
    const shown = `${String(secret)} ${JSON.stringify({ secret })} ${inspect({ secret }, { showHidden: true, depth: 9 })}`;
    assert.ok(!shown.includes("hunter2"), shown);
    assert.equal(secret.expose(), "hunter2");
  });
  it("do not show in the wire form, and travel", () => {
    const wire = toWire(actions.order, { id: "abc", user: { name: "n", password: secret } });
    assert.ok(!inspect(wire, { depth: 9 }).includes("hunter2"));
    assert.deepEqual(
      wire.query.map(({ name, value }) => [name, value]),
      [
        ["Id", "abc"],
        ["User.Name", "n"],
        ["User.Password", "hunter2"],
      ],
    );
    assert.deepEqual(
      wire.query.flatMap((field) => field.secrets()),
      ["hunter2"],
    );
  });
});

describe("json", () => {
  it("keeps what JSON.parse loses", () => {
    const text = '{"b":1,"1":9007199254740993,"__proto__":{"a":18446744073709551615},"c":1.5}';
    assert.equal(writeJson(parseJson(text)), text);
  });
  for (const [text, message] of [
    ["", "EOF while parsing a value at line 1 column 0"],
    ['{"a": NaN}', "expected value at line 1 column 7"],
    ['{"a": 1e999}', "number out of range at line 1 column 11"],
    ['"\\ud800"', "unexpected end of hex escape at line 1 column 8"],
    ["{} {}", "trailing characters at line 1 column 4"],
    ["[1,]", "trailing comma at line 1 column 4"],
    ['{\n"é" 1}', "expected `:` at line 2 column 6"],
    ["é", "expected value at line 1 column 1"],
    ['"a\nb"', "control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0"],
    ["[".repeat(128), "recursion limit exceeded at line 1 column 128"],
  ] as const) {
    it(`says where ${JSON.stringify(text.slice(0, 20))} breaks`, () => {
      assert.throws(() => parseJson(text), { message });
    });
  }
  it("refuses a name that comes twice, if it is asked to", () => {
    assert.throws(() => parseJson('{"Secret": 1, "Secret": 2}', true), JsonError);
    assert.equal(writeJson(parseJson('{"a": 1, "a": 2}')), '{"a":2}');
  });
});

describe("validators", () => {
  it("say everything at once, in both languages", () => {
    const violations = check(actions.order, { id: "abcdef", count: 0, kind: "gfit" });
    assert.deepEqual(
      violations.map(({ code, path, severity }) => [code, path, severity]),
      [
        ["length", "Id", "error"],
        ["value", "Kind", "advice"],
        ["range", "Count", "error"],
      ],
    );
    assert.equal(
      violations[1]?.message.en,
      "`Kind` is `gfit`: the documented values are `gift` and `plain`; did you mean `gift`?",
    );
    assert.equal(violations[2]?.message.zh, "`Count` 的值为 `0`：必须不小于 1");
  });
  it("throw only for errors", () => {
    validate(actions.order, { id: "abc", kind: "odd", paper: "p" });
    assert.throws(() => {
      validate(actions.order, { id: "abc", kind: "gift" });
    }, ValidationError);
  });
  it("count letters, not units", () => {
    assert.deepEqual(check(actions.order, { id: "😀😀😀😀😀" }), []);
  });
  it("tell of names that nobody knows", () => {
    const given = { id: "abc", cuont: 1 } as { id: string };
    assert.deepEqual(
      check(actions.order, given).map(({ code, path }) => [code, path]),
      [["unknown-parameter", "cuont"]],
    );
  });
  it("take whole numbers of 64 bits and no others", () => {
    assert.deepEqual(check(actions.order, { id: "abc", big: 2n ** 63n - 1n }), []);
    assert.equal(check(actions.order, { id: "abc", big: 2n ** 63n })[0]?.code, "type");
    assert.equal(toWire(actions.order, { id: "a", big: 9007199254740993n }).query[1]?.value, "9007199254740993");
  });
  it("take requests flat, nested and mixed", () => {
    const request = parseJson('{"Id": "abc", "User.Name": "n", "User": {"Password": "p", "Name": "m"}}');
    assert.deepEqual(
      checkJson(actions.order, request).map(({ code, path }) => [code, path]),
      [["unknown-parameter", "User.Name"]],
    );
    assert.equal(jsonToWire(actions.order, request).query.length, 3);
  });
  it("need not fear a prototype", () => {
    const request = parseJson('{"Id": "abc", "__proto__": {"x": 1}, "constructor": 1}');
    assert.equal(checkJson(actions.order, request).length, 2);
    assert.equal(({} as { x?: number }).x, undefined);
  });
});

describe("requests from JSON", () => {
  it("become objects", () => {
    const request = fromJson(actions.order, '{"Id": "abc", "User.Password": "p"}');
    assert.equal(request.user?.password?.expose(), "p");
  });
  it("are refused if they do not fit", () => {
    assert.throws(() => fromJson(actions.order, '{"Id": 1}'), /does not fit its type/u);
  });
});

describe("answers", () => {
  const model: Model = [
    ["flag", "Flag", "boolean"],
    ["count", "Count", "int64"],
    ["names", "Names", ["list", "text"]],
    ["state", "State", ["enum", { Running: "Running" }]],
    ["part", "Part", ["struct", () => model]],
  ];
  it("are read leniently", () => {
    const text =
      '{"Flag": "True", "Count": "9007199254740993", "Names": "one", "State": "RUNNING", "Part": {"Count": "x", "New": 1}}';
    const read = decode(["struct", () => model], parseJson(text)) as Record<string, unknown>;
    const part = read["part"] as Record<string, unknown>;
    assert.equal(read["flag"], true);
    assert.equal(read["count"], 9007199254740993n);
    assert.deepEqual(read["names"], ["one"]);
    assert.equal(read["state"], "Running");
    assert.equal(part["count"], undefined);
    assert.equal(JSON.stringify(part["others"]), '{"Count":"x","New":1}');
  });
});

describe("what validators stand on", () => {
  it("knows no network", async () => {
    const left = ["core.js"];
    const seen = new Set<string>();
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      seen.add(file);
      const text = await readFile(new URL(`../src/runtime/${file}`, import.meta.url), "utf8");
      const named = [...text.matchAll(/from "\.\/([^"]+)"/gu)].map(([, name = ""]) => name);
      left.push(...named.filter((name) => !seen.has(name)));
      assert.ok(!/from "(?!\.\/)|import\(/u.test(text), file);
    }
    assert.ok(seen.has("check.js") && !seen.has("client.js") && !seen.has("transport.js"), [...seen].join());
  });
});

describe("suggestions", () => {
  it("are near or silent", () => {
    const known = ["MaxCompute", "Redis", "PolarDB"];
    assert.equal(didYouMean("Maxcompute", known), "MaxCompute");
    assert.equal(didYouMean("Reids", known), "Redis");
    assert.equal(didYouMean("Kafka", known), undefined);
    assert.equal(didYouMean("x".repeat(1000), known), undefined);
  });
});

// What the compiler has to say.
export function wrong(action: Action<{ id: string; name?: string }>): void {
  // @ts-expect-error -- what is required is missing
  validate(action, {});
  // @ts-expect-error -- there is no such property
  validate(action, { id: "a", nmae: "n" });
  // @ts-expect-error -- a password is no text
  validate(actions.order, { id: "a", user: { password: "p" } });
}
