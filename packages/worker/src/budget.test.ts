import { expect, test } from "vitest";
import { openBudget } from "./budget.ts";

test("work is taken on while there is room for more, and a worker with nothing to do takes on anything", () => {
  const budget = openBudget(5);
  expect(budget.hasRoom()).toBe(true);
  budget.claim("large", 40);
  expect(budget.hasRoom()).toBe(false);
  budget.release("large");
  budget.claim("a", 3);
  expect(budget.hasRoom()).toBe(true);
  budget.claim("b", 2);
  expect(budget).toMatchObject({ claimedUnits: 5, capacityUnits: 5 });
  expect(budget.hasRoom()).toBe(false);
});

test("what a stream costs may be learnt later", () => {
  const budget = openBudget(2);
  budget.claim("a", 1);
  budget.claim("a", 4);
  expect(budget.claimedUnits).toBe(4);
  budget.claim("a", 0.2);
  expect(budget.hasRoom()).toBe(true);
});

test("whoever waits for room gets it when something is released, and not before there is enough", async () => {
  const budget = openBudget(2);
  budget.claim("a", 2);
  budget.claim("b", 2);
  const order: string[] = [];
  const waiting = budget.room().then(() => order.push("room"));
  budget.release("a");
  await Promise.resolve();
  order.push("a is released");
  budget.release("b");
  await waiting;
  expect(order).toEqual(["a is released", "room"]);
  await budget.room();
});

test("releasing what was never claimed changes nothing", () => {
  const budget = openBudget(2);
  budget.claim("a", 1);
  budget.release("b");
  expect(budget.claimedUnits).toBe(1);
});
