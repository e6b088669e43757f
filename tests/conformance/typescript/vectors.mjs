// Runs the vectors of `tests/vectors` through the conformance programs of two generated and compiled packages:
// `node vectors.mjs DTS ORDER`, where DTS is the package of all of DTS and ORDER that of `tests/vectors/rules/spec`.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [dts, order] = process.argv.slice(2);
// JSON as the package reads it: `JSON.parse` would change whole numbers before anybody has looked at them.
const { parseJson, writeJson } = await import(pathToFileURL(join(dts, "dist/test/src/runtime/core.js")));
const vectors = fileURLToPath(new URL("../../vectors", import.meta.url));
let [passed, failed] = [0, 0];

function ask(folder, lines) {
  const input = lines.map((line) => writeJson(line)).join("\n");
  const program = join(folder, "dist/test/test/conformance.js");
  const run = spawnSync(process.execPath, [program], { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (run.status !== 0) {
    throw new Error(run.stderr);
  }
  return run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function same(what, ours, theirs) {
  const equal = JSON.stringify(ours) === JSON.stringify(theirs);
  equal ? (passed += 1) : (failed += 1);
  if (!equal) {
    console.log(`${what}\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`);
  }
}

const read = (...path) => parseJson(readFileSync(join(vectors, ...path), "utf8"));

const plain = (json) => JSON.parse(writeJson(json));

for (const file of readdirSync(join(vectors, "rules/cases"))) {
  const cases = read("rules/cases", file);
  for (const language of ["en", "zh"]) {
    const answers = ask(
      order,
      cases.map((one) => ({ action: "Order", request: one.get("request"), language })),
    );
    cases.map(plain).forEach((one, index) => {
      const expected = one.violations.map((violation) => ({ ...violation, message: violation.message[language] }));
      const keys = ["code", "path", "rule", "severity", "message"];
      const told = (all) => all.map((violation) => keys.map((key) => violation[key] ?? null));
      same(`${file}: ${one.name} (${language})`, told(answers[index].violations), told(expected));
      same(`${file}: ${one.name} (${language}), typed`, answers[index].disagrees ?? null, null);
    });
  }
}

// The client signs with what browsers know: not SM3.
const signing = plain(read("signing/signing.json")).filter(({ algorithm }) => !algorithm.includes("SM3"));
ask(
  dts,
  signing.map((sign) => ({ sign })),
).forEach(({ sign }, index) => {
  for (const [name, text] of Object.entries(signing[index].expected).filter(([name]) => name in sign)) {
    same(`${signing[index].id}: ${name}`, sign[name], text);
  }
});

const pairs = (text) => [...new URLSearchParams((text ?? "").replaceAll("+", "%20"))].sort();
for (const file of readdirSync(join(vectors, "wire"))) {
  const vector = plain(read("wire", file));
  for (const [name, value] of Object.entries(vector.request)) {
    vector.request[name] = value.encoded === undefined ? value : decodeURIComponent(value.encoded);
  }
  const [{ send }] = ask(dts, [{ send: vector }]);
  const header = (wanted) => send.headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
  const isOurs = vector.client !== "py" && vector.algorithm !== "HMAC-SHA1";
  // Python's SDK writes booleans with a capital and signs headers of its own; where the signature stands in the query, it
  // is compared there.
  if (vector.client !== "py") {
    same(`${file}: query`, [...send.query].sort(), pairs(vector.expected.query));
    same(`${file}: body`, pairs(send.body), pairs(vector.expected.body));
  }
  if (isOurs) {
    same(`${file}: authorization`, header("authorization"), vector.expected.authorization);
    same(`${file}: type`, header("content-type"), vector.expected.contentType);
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
