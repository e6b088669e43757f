/** Two actions of no service, for the tests of the runtime. */

import type { Action, Api, Model, PagedAction, Secret, Waiter } from "../src/runtime/core.js";

const api: Api = {
  product: "Shop",
  version: "2020-01-01",
  protocol: "rpc",
  pattern: "shop{network}.{region}.example.com",
  regions: [["cn-hangzhou", "shop.example.com"]],
};

/** A request. */
export interface Order {
  id: string;
  kind?: string;
  count?: number;
  big?: number | bigint;
  paper?: string;
  user?: { name?: string; password?: Secret };
  clientToken?: string;
}

const user: Model = [
  ["name", "Name", "text", 5],
  ["password", "Password", "secret", 6],
];

const order: Action<Order, { readonly orderId?: bigint; readonly others: unknown }> = {
  action: "Order",
  api,
  method: "POST",
  path: "/",
  effect: "write",
  request: [
    ["id", "Id", "text", 0],
    ["kind", "Kind", "text", 1],
    ["count", "Count", "int32", 2],
    ["big", "Big", "int64", 3],
    ["paper", "Paper", "text", 4],
    ["user", "User", ["struct", () => user]],
  ],
  response: [["orderId", "OrderId", "int64"]],
  parameters: [
    { name: "Id", required: true, shape: { kind: "text", maxLength: 5 } },
    { name: "Kind", shape: { kind: "text", values: ["gift", "plain"] } },
    { name: "Count", shape: { kind: "integer", minimum: 1 } },
    { name: "Big", shape: { kind: "integer" } },
    { name: "Paper", shape: { kind: "text" } },
    { name: "User.Name", shape: { kind: "text" } },
    { name: "User.Password", shape: { kind: "text", sensitive: true } },
  ],
  rules: [
    {
      id: "gift-needs-paper",
      when: { is: 1, values: ["gift"] },
      effect: { do: "require", to: [4] },
      en: "when `Kind` is `gift`",
      zh: "当 `Kind` 为 `gift` 时",
    },
  ],
};

const bought: Action<Order> = { ...order, action: "Buy", effect: "spend" };

const tokened: Action<Order> = {
  ...order,
  action: "BuyOnce",
  effect: "spend",
  token: 7,
  request: [...order.request, ["clientToken", "ClientToken", "text", 7]],
  parameters: [...order.parameters, { name: "ClientToken", shape: { kind: "text" } }],
};

/** A page. */
export interface Page {
  readonly items: readonly string[];
}

const list: PagedAction<{ page?: number; secret?: Secret }, Page, string> = {
  action: "List",
  api,
  method: "POST",
  path: "/",
  effect: "read",
  request: [
    ["page", "Page", "int32", 0],
    ["secret", "Secret", "secret", 1],
  ],
  response: [["items", "Items", ["list", "text"]]],
  paging: { parameter: 0, total: "Total", items: "Items", type: "text" },
  parameters: [
    { name: "Page", shape: { kind: "integer" } },
    { name: "Secret", shape: { kind: "text", sensitive: true } },
  ],
  rules: [],
};

const running: Waiter<{ page?: number }, Page> = {
  name: "Running",
  action: list,
  delay: 1,
  attempts: 3,
  acceptors: [
    { state: "success", field: "Status", values: ["Running"] },
    { state: "failure", field: "Status", values: ["Failed"] },
    { state: "success", values: ["Gone"] },
  ],
  reasons: { items: "Why", only: ["State", ["bad"]], show: ["Text"] },
};

/** All of them. */
export const actions = { order, bought, tokened, list, running };
