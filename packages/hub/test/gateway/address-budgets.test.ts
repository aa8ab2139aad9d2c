/** What all connections of one address may ask together (PERFORMANCE, rule 8). */
import { expect, test } from "vitest";
import { AddressBudgets } from "../../src/gateway/address-budgets.ts";
import { Places } from "../../src/gateway/places.ts";

const CLASS_ROOM = "192.168.1.7";

function budgets() {
  const clock = { ms: 0 };
  return { clock, budgets: new AddressBudgets({ perSecond: 10, burst: 20 }, () => clock.ms) };
}

test("a burst passes; then it says how long to wait, and a refusal costs nothing", () => {
  const { clock, budgets: of } = budgets();
  expect([of.take(CLASS_ROOM, 15), of.take(CLASS_ROOM, 5)]).toEqual([0, 0]);
  for (let i = 0; i < 1_000; i++) expect(of.take(CLASS_ROOM, 5)).toBe(500);
  clock.ms = 500;
  expect(of.take(CLASS_ROOM, 5)).toBe(0);
});

test("what costs more than a burst passes with a full budget, and is owed", () => {
  const { clock, budgets: of } = budgets();
  expect(of.take(CLASS_ROOM, 100)).toBe(0);
  expect(of.take(CLASS_ROOM, 1)).toBe(8_100);
  clock.ms = 8_100;
  expect(of.take(CLASS_ROOM, 1)).toBe(0);
});

test("each address has its own; all of an IPv6 network of 64 bits is one; loopback has none", () => {
  const { budgets: of } = budgets();
  of.take(CLASS_ROOM, 20);
  expect(of.take("192.168.1.8", 20)).toBe(0);
  of.take("2001:db8::1", 20);
  expect(of.take("2001:db8::2", 20)).toBe(2_000);
  expect(of.take("2001:db8:0:1::2", 20)).toBe(0);
  for (let i = 0; i < 100; i++) expect([of.take("127.0.0.1", 20), of.take("::1", 20)]).toEqual([0, 0]);
});

test("an address that has everything back takes no memory any more", () => {
  const { clock, budgets: of } = budgets();
  for (let i = 0; i < 250; i++) of.take(`10.0.0.${i}`, 10);
  clock.ms = 500;
  of.take(CLASS_ROOM, 20);
  of.sweep();
  expect(of.size).toBe(251);
  clock.ms = 1_000;
  of.sweep();
  expect(of.size).toBe(1);
  expect(of.take(CLASS_ROOM, 20)).toBe(1_500);
});

test("places are so many in all, and so many of one address; what is given back can be taken again", () => {
  const places = new Places(3, 2);
  expect([places.take(CLASS_ROOM), places.take(CLASS_ROOM), places.take(CLASS_ROOM)]).toEqual([true, true, false]);
  expect([places.take("127.0.0.1"), places.take("127.0.0.1")]).toEqual([true, false]);
  places.release(CLASS_ROOM);
  expect([places.taken, places.take("127.0.0.1"), places.take(CLASS_ROOM)]).toEqual([2, true, false]);
});
