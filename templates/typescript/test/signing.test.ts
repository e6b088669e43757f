import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as sign from "../src/runtime/sign.js";

// The two examples that the vendor publishes.
describe("signatures", () => {
  it("in a header are the vendor's", async () => {
    const algorithm = "ACS3-HMAC-SHA256";
    const hash = await sign.payloadHash(algorithm, "");
    const canonical = sign.canonicalRequest(
      "POST",
      "/",
      [
        ["RegionId", "cn-shanghai"],
        ["ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"],
      ],
      [
        ["host", "ecs.cn-shanghai.aliyuncs.com"],
        ["x-acs-version", "2014-05-26"],
        ["X-ACS-Action", " RunInstances "],
        ["x-acs-date", "2023-10-26T10:22:32Z"],
        ["x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"],
        ["x-acs-content-sha256", hash],
      ],
      hash,
    );
    const stringToSign = await sign.acs3StringToSign(algorithm, canonical.request);
    const signature = await sign.acs3Signature(algorithm, "YourAccessKeySecret", stringToSign);
    assert.equal(signature, "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
  });
  // The example of the standard that defines the function.
  it("know the hash function SM3", async () => {
    const hash = await sign.payloadHash("ACS3-HMAC-SM3", "abc");
    assert.equal(hash, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  });
  it("sort by bytes and encode all but a few", () => {
    const pairs = [
      ["b", "*+~'()!"],
      ["\u{1f600}", ""],
      ["\uffee", "\ud800"],
      ["B", "é "],
    ] as const;
    assert.equal(sign.canonicalQuery(pairs), "B=%C3%A9%20&b=%2A%2B~%27%28%29%21&%EF%BF%AE=%EF%BF%BD&%F0%9F%98%80=");
  });
});
