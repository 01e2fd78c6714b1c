import assert from "node:assert/strict";
import test from "node:test";
import { colourOfShare, sharesOfColours, valueText } from "../../../main/resources/org/compnn/viewer/values.js";

const scale = { low: 2, high: 10, channels: 1, colours: ["#000040", "#408040", "#ffff00"], none: "#808080" };

test("a colour of the scale is its number again", () => {
  const shares = sharesOfColours(scale);
  for (const share of [0, 0.1, 0.5, 0.77, 1]) {
    const colour = colourOfShare(scale, share).map(Math.round);
    assert.ok(Math.abs(shares(...colour) - share) < 0.01, `${share}`);
  }
});

test("what a pixel says is the number of its colour, or that it has none", () => {
  assert.equal(valueText([64, 128, 64], scale), "≈ 6");
  assert.equal(valueText([0x80, 0x80, 0x80], scale), "no value");
  assert.ok(Number.isNaN(sharesOfColours(scale)(0x80, 0x80, 0x80)));
});

test("several channels are read off red, green and blue", () => {
  assert.equal(valueText([0, 255, 51], { ...scale, low: -1, high: 1, channels: 3 }), "≈ -1, 1, -0.6");
});
