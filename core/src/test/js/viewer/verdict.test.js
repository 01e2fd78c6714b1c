import assert from "node:assert/strict";
import test from "node:test";
import { Evidence, ordinal, percentileOf, sentence, textOf, verdictOn } from "../../../main/resources/org/compnn/viewer/verdict.js";

const REFERENCES = { quantiles: Array.from({ length: 101 }, (_, i) => i / 10), classes: [null, Array.from({ length: 101 }, (_, i) => i / 20)] };
const NONE = 0xffff;

/* Cells of one row, each pixel its own; every match as [exemplar, distance, original class, the network's]. */
function evidence(cells, references = REFERENCES) {
  const topK = cells[0].length;
  const all = cells.flat();
  return new Evidence({
    field: {
      rows: 1, columns: cells.length, topK, none: NONE, exemplar: Uint16Array.from(all, ([e]) => e), distance: Float32Array.from(all, ([, d]) => d),
      row: Uint16Array.from(all, () => 0), column: Uint16Array.from(all, (_, i) => Math.floor(i / topK)),
    },
    labels: Uint8Array.from(all.flatMap(([, , original, self]) => [original, self])), references, trainingColumns: cells.length,
  });
}

const on = (found, given, truth, more = {}) => verdictOn(found, { width: given.length, height: 1, cellAt: (_, x) => x, given, truth, ...more });
const NAMES = { name: (i) => ["Road", "Pedestrian", "Bicyclist"][i], id: (i) => `picture ${i}` };
const said = (verdict) => textOf(sentence(verdict, NAMES));
const match = (exemplar, original, self, distance = 4.11) => [exemplar, distance, original, self];

test("a wrong pixel whose matches carry its label was taught", () => {
  const found = evidence([[match(7, 1, 1), match(7, 1, 1), match(8, 1, 2), match(9, 1, 1), match(6, 2, 2)]]);
  const verdict = on(found, [1], [2], { test: () => true });
  assert.equal(verdict.cause, "taught");
  assert.deepEqual(verdict.sources.map(({ exemplar, share, label }) => [exemplar, share, label]), [[7, 0.4, 1], [6, 0.2, 2], [8, 0.2, 1], [9, 0.2, 1]]);
  assert.equal(said(verdict), "Pedestrian, should be Bicyclist. Taught. Familiar (distance at the 41st percentile of training cells)."
    + " 3 of 4 matched training pictures carry the label Pedestrian: picture 7 (40 %), picture 8 (20 %), picture 9 (20 %).");
});

test("causes are those of blame", () => {
  const cause = (...matches) => on(evidence([matches]), [1], [2]).cause;
  assert.equal(cause(match(0, 2, 1), match(0, 2, 1), match(0, 1, 1)), "unlearned");
  assert.equal(cause(match(0, 2, 2), match(0, 0, 0), match(0, 1, 1)), "unexplained");
  assert.equal(cause(match(0, 1, 1), match(0, 2, 1)), "ambiguous");
  assert.equal(cause(match(0, 1, 1, 9.95), match(0, 1, 1)), "novel");
});

test("a match that is none says nothing", () => {
  const verdict = on(evidence([[match(0, 1, 1), match(NONE, 255, 255), match(NONE, 255, 255)]]), [1], [2]);
  assert.equal(verdict.cause, "taught");
  assert.equal(verdict.sources.length, 1);
});

test("of a whole picture the share that is wrong is told, and the confusion that is most frequent", () => {
  const found = evidence([[match(0, 1, 1)], [match(0, 1, 1)], [match(1, 0, 0)], [match(2, 0, 0)]]);
  const verdict = on(found, [1, 1, 0, 0], [2, 2, 1, 0]);
  assert.equal(verdict.wrong, 3);
  assert.match(said(verdict), /^75 % wrong, most often Pedestrian that should be Bicyclist \(67 % of it\)\. Taught\. Familiar \(median distance/);
});

test("unlabelled pixels are neither right nor wrong", () => {
  const verdict = on(evidence([[match(0, 1, 1)], [match(0, 1, 1)]]), [1, 1], [-1, 1]);
  assert.equal(verdict.labelled, 1);
  assert.equal(verdict.wrong, 0);
  assert.match(said(verdict), /^All labelled pixels are right/);
  assert.match(said(on(evidence([[match(0, 1, 1)]]), [1], null)), /What is right is not known/);
});

test("a verdict says why it is not to be trusted", () => {
  const far = on(evidence([[match(0, 1, 2, 50)]]), [1], [2], { recall: 0.3 });
  assert.deepEqual(far.doubts, ["recall", "unfamiliar", "agreement"]);
  assert.match(said(far), /Unfamiliar \(median distance at the 100th percentile/);
  assert.deepEqual(on(evidence([[match(0, 1, 1)]]), [1], [2], { recall: 0.9 }).doubts, []);
});

test("networks without classes have sources and distances alone", () => {
  const verdict = verdictOn(evidence([[match(3, 255, 255)]]), { width: 1, height: 1, cellAt: () => 0, given: null, truth: null, test: () => true });
  assert.equal(verdict.given, null);
  assert.match(said(verdict), /^What is right is not known/);
  const off = verdictOn(evidence([[match(3, 255, 255)], [match(3, 255, 255)]]), { width: 2, height: 1, cellAt: (_, x) => x, given: null, truth: null, off: [0.1, 0.3] });
  assert.match(said(off), /^Off by 20 % of the range on average\./);
  assert.match(said(verdict), /Matched training pictures: picture 3 \(100 %\)/);
});

test("percentiles are of a class where it has distances of its own", () => {
  assert.equal(percentileOf(REFERENCES, 4.1), 41);
  assert.equal(percentileOf(REFERENCES, 4.1, 0), 41);
  assert.equal(percentileOf(REFERENCES, 4.1, 1), 82);
  assert.equal(percentileOf(REFERENCES, 99), 100);
  assert.equal(percentileOf({ quantiles: [] }, 1), null);
  assert.equal(percentileOf(null, 1), null);
});

test("ordinals", () => {
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 100].map(ordinal), ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "100th"]);
});
