/* What is wrong with an explained picture, and why: its regions, its causes, and the verdict on any part of it. */

import { CAUSES, CAUSE_NAMES } from "../viewer/causes.js";
import { packed, rgb } from "../viewer/colours.js";
import { readableMap } from "../viewer/islands.js";
import { pixels } from "../viewer/maps.js";
import { farKeys, keysOf, wrongRegions } from "../viewer/regions.js";
import { Evidence, verdictOn } from "../viewer/verdict.js";

const CLEAR = 0;
const NONE = { regions: [], of: null };

export class Judged {
  /* `labels` are those of the matches, `references` the distances of training cells, `summary` the server's judgement; null where they are not to be had. */
  constructor(result, labels, references, summary = null) {
    this.result = result;
    this.summary = summary;
    this.labels = labels;
    this.evidence = new Evidence({ field: result.field, labels, references, trainingColumns: result.exemplarGrid.columns });
    this.given = result.classes ? result.classesOf("network") : null;
    this.truth = result.classes && result.pictures.truth ? result.classesOf("truth") : null;
    const recall = /recall ([\d.]+)/.exec(result.settings.further?.checked ?? "");
    this.recall = recall ? Number(recall[1]) : null;
    this.made = new Map();
  }

  once(key, make) {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key);
  }

  /* The wrong regions, the largest first, with what they should be and are. */
  get wrong() {
    return this.once("regions", () => {
      const { result, given, truth } = this;
      if (!result.pictures.truth) return NONE;
      const { width, height } = result;
      const found = wrongRegions(given ? keysOf(given, truth) : farKeys(this.off, height, width), height, width);
      for (const region of found.regions) {
        region.truth = given ? region.key >> 8 : null;
        region.given = given ? region.key & 255 : null;
      }
      return found;
    });
  }

  /* How much the network differs from the truth at every pixel, 0 to 1. */
  get off() {
    return this.once("off", () => (this.given || !this.result.pictures.truth ? null : this.differences()));
  }

  differences() {
    const { result } = this;
    if (result.scale?.channels === 1) {
      const [one, other] = [result.sharesOf("network"), result.sharesOf("truth")];
      return one.map((each, at) => Math.abs(each - other[at]));
    }
    const [one, other] = [result.bytes("network"), result.bytes("truth")];
    const difference = (at) => Math.abs(one[at] - other[at]) + Math.abs(one[at + 1] - other[at + 1]) + Math.abs(one[at + 2] - other[at + 2]);
    return Float32Array.from({ length: one.length / 4 }, (_, i) => difference(4 * i) / 765);
  }

  /* The pixels of what is chosen, as a test; null for all. */
  test({ pin, part, region, category }) {
    const { result } = this;
    if (pin) return (y, x) => y === pin[0] && x === pin[1];
    if (part) {
      const { of } = this.wrong;
      return of ? (y, x) => of[y * result.width + x] === part : null;
    }
    return result.within({ region, category });
  }

  /* On what is chosen: a pixel before a wrong region, that before a rectangle or class, else all of the picture. */
  verdict(chosen) {
    const { result, given, truth, off, recall } = this;
    return this.once(JSON.stringify(chosen), () => this.told(chosen, verdictOn(this.evidence, {
      width: result.width, height: result.height, cellAt: (y, x) => result.cellAt(y, x), given, truth, off, test: this.test(chosen), recall,
    })));
  }

  /* Causes where there are no classes to tell them by are those that the server found, of the picture or of a region. */
  told({ pin, part, region, category }, verdict) {
    const { summary } = this;
    if (this.given || !summary || pin || region || category !== undefined && category !== null) return verdict;
    if (part) {
      const found = summary.regions[part - 1];
      return found ? { ...verdict, cause: found.cause, wrong: found.pixels, caused: found.pixels } : verdict;
    }
    const [cause, caused] = Object.entries(summary.causes ?? {}).reduce((best, each) => (each[1] > best[1] ? each : best), [null, 0]);
    return caused ? { ...verdict, cause, caused, causes: { ...verdict.causes, ...summary.causes }, wrong: summary.wrong } : verdict;
  }

  /* Wrong pixels in the colours of their causes; clear elsewhere. */
  get causeMap() {
    return this.once("cause", () => {
      const { result, given, truth, evidence } = this;
      if (!truth || !this.labels) return null;
      const colours = CAUSE_NAMES.map((cause) => packed(rgb(CAUSES[cause].colour)));
      return pixels(result, (y, x, at) => (truth[at] < 0 || truth[at] === given[at] ? CLEAR : colours[evidence.causeOf(result.cellAt(y, x), given[at])]));
    });
  }

  /* The source of every cell, of few sources. */
  get readable() {
    return this.once("readable", () => readableMap(this.result.field.best, this.result.field.rows, this.result.field.columns));
  }

  /* The readable map of correspondences, and its sources by how much of it they have. */
  get sourcesMap() {
    return this.once("sources", () => {
      const { result } = this;
      const colours = new Map(result.ranked.map((entry) => [entry.exemplar, packed(rgb(entry.colour))]));
      const cells = this.readable;
      const counts = new Map();
      for (const exemplar of cells) counts.set(exemplar, (counts.get(exemplar) ?? 0) + 1);
      const legend = [...counts].filter(([exemplar]) => exemplar >= 0).sort((a, b) => b[1] - a[1])
        .map(([exemplar, count]) => ({ exemplar, area: count / cells.length, share: result.ranks.get(exemplar)?.share ?? 0, colour: result.ranks.get(exemplar)?.colour ?? "#808080" }));
      return { canvas: pixels(result, (y, x) => colours.get(cells[result.cellAt(y, x)]) ?? packed([0, 0, 0])), legend };
    });
  }

  /* The share of chosen pixels where another composition says something else, and the class it says most. */
  without(chosen, other) {
    const { result } = this;
    const test = this.test(chosen);
    const [before, after] = [result.bytes("output"), other];
    const index = result.classes ? new Map(result.classes.map(({ colour }, i) => [parseInt(colour.slice(1), 16), i]).reverse()) : null;
    const counts = new Map();
    let [all, changed, right, wasRight] = [0, 0, 0, 0];
    for (let y = 0, at = 0; y < result.height; y++) {
      for (let x = 0; x < result.width; x++, at++) {
        if (test && !test(y, x)) continue;
        all++;
        const [one, two] = [before, after].map((bytes) => bytes[4 * at] << 16 | bytes[4 * at + 1] << 8 | bytes[4 * at + 2]);
        if (one !== two) changed++;
        if (!index) continue;
        const category = index.get(two);
        if (one !== two) counts.set(category, (counts.get(category) ?? 0) + 1);
        if (this.truth && this.truth[at] >= 0) {
          if (this.truth[at] === category) right++;
          if (this.truth[at] === index.get(one)) wasRight++;
        }
      }
    }
    const [most] = [...counts].sort((a, b) => b[1] - a[1]);
    return { changed: changed / Math.max(1, all), to: most ? most[0] : null, right: (right - wasRight) / Math.max(1, all), known: Boolean(this.truth) };
  }
}
