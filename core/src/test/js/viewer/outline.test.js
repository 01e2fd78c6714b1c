import assert from "node:assert/strict";
import test from "node:test";
import { boxOf, joined, outlineOf } from "../../../main/resources/org/compnn/viewer/outline.js";

const of = (...lines) => outlineOf(lines.length, lines[0].length, (y, x) => lines[y][x] === "#");

test("a rectangle has four sides", () => {
  assert.equal(of("....", ".##.", ".##.", "...."), "M1 1h2v2h-2v-2z");
});

test("a hole and every part are gone around once", () => {
  assert.equal(of("###", "#.#", "###").split("M").length - 1, 2);
  assert.equal(of("#.#").split("M").length - 1, 2);
  assert.equal(of("...", "..."), "");
});

test("every edge is there once, however parts touch", () => {
  const path = of("#.", ".#");
  const steps = [...path.matchAll(/[hv](-?\d+)/g)].reduce((sum, [, n]) => sum + Math.abs(n), 0);
  assert.equal(steps, 8);
});

test("the box of a path", () => {
  assert.deepEqual(boxOf("M3 4h5v6h-5z"), [4, 3, 10, 8]);
  assert.deepEqual(boxOf(of("....", ".##.", "..#.")), [1, 1, 3, 3]);
});

test("scattered cells join, and lonely ones are left out", () => {
  const cells = joined([0, 2, 60], { rows: 10, columns: 10 }, 1, 8);
  assert.ok(cells.has(1));
  assert.ok(!cells.has(60));
});
