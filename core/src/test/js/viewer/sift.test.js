import assert from "node:assert/strict";
import test from "node:test";
import { counts, nextWorst, noFilters, pairOf, sifted } from "../../../main/resources/org/compnn/viewer/sift.js";

const picture = (number, more) => ({
  number, id: `p${number}`, tags: [], pixels: 1000, error: 0, agreement: 1, distance: 50, familiar: true, confusions: [], causes: {}, ...more,
});
const PICTURES = [
  picture(0, { error: 0.1, confusions: [[1, 2, 100]], causes: { taught: 100 }, tags: ["night"] }),
  picture(1, { error: 0.3, confusions: [[2, 1, 50], [0, 1, 250]], causes: { novel: 300 }, familiar: false, distance: 99 }),
  picture(2, { error: 0.2, confusions: [[1, 2, 199], [0, 2, 1]], causes: { taught: 199, novel: 1 }, agreement: 0.5 }),
  picture(3, { error: null, confusions: undefined, causes: undefined }),
];
const numbers = (filters, sort = "error") => sifted(PICTURES, { ...noFilters(), ...filters }, sort).map(({ number }) => number);

test("the worst comes first, and what has no truth last", () => {
  assert.deepEqual(numbers({}), [1, 2, 0, 3]);
});

test("pictures are sorted by the class that is wrong most, distance, disagreement and name", () => {
  assert.deepEqual(numbers({}, "class"), [1, 0, 2, 3]);
  assert.deepEqual(numbers({}, "distance"), [1, 2, 0, 3]);
  assert.deepEqual(numbers({}, "disagreement"), [2, 1, 0, 3]);
  assert.deepEqual(numbers({}, "name"), [0, 1, 2, 3]);
});

test("one of the chosen values of each kind has to be there", () => {
  assert.deepEqual(numbers({ pair: [pairOf(1, 2)] }), [2, 0]);
  assert.deepEqual(numbers({ pair: [pairOf(1, 2), pairOf(2, 1)] }), [2, 0, 1]);
  assert.deepEqual(numbers({ cause: ["taught"], tag: ["night"] }), [0]);
  assert.deepEqual(numbers({ familiar: ["no"] }), [1]);
  assert.deepEqual(numbers({ picked: ["3", "0"] }), [0, 3]);
  assert.deepEqual(numbers({ text: "NIGHT" }), [0]);
});

test("a pixel alone does not make a picture one of a class or cause", () => {
  assert.deepEqual(numbers({ cause: ["novel"] }), [1]);
  assert.deepEqual(numbers({ class: ["0"] }), [1]);
});

test("a filter counts what it would leave of what the others leave", () => {
  assert.deepEqual(counts(PICTURES, noFilters(), "cause"), [["taught", 2], ["novel", 1]]);
  assert.deepEqual(counts(PICTURES, { ...noFilters(), cause: ["taught"] }, "cause"), [["taught", 2], ["novel", 1]]);
  assert.deepEqual(counts(PICTURES, { ...noFilters(), familiar: ["no"] }, "cause"), [["novel", 1]]);
  assert.deepEqual(counts(PICTURES, { ...noFilters(), familiar: ["no"], cause: ["taught"] }, "cause"), [["novel", 1], ["taught", 0]]);
});

test("the next worst follows in the order of errors", () => {
  assert.equal(nextWorst(PICTURES, null).number, 1);
  assert.equal(nextWorst(PICTURES, 1).number, 2);
  assert.equal(nextWorst(PICTURES, 3), null);
});

test("ten thousand pictures are sifted within a moment", () => {
  const many = Array.from({ length: 10000 }, (_, i) => picture(i, {
    error: (i * 7919 % 10000) / 10000, confusions: Array.from({ length: 30 }, (_, j) => [j % 11, (j + 1 + i) % 11, 5]), causes: { taught: i % 200 },
  }));
  const begin = process.cpuUsage();
  counts(many, noFilters(), "pair");
  sifted(many, noFilters(), "error");
  assert.ok(process.cpuUsage(begin).user < 2e6);
});
