/*
 * The verdict on some pixels: what the network says there and what it should say, how familiar they are, why they are wrong, and which
 * training pictures are behind them. From a field and what its matches carry, in the words and by the rules of `compnn blame`.
 */

import { CAUSES, CAUSE_NAMES } from "./causes.js";
import { counted, percent } from "./format.js";

export const NO_CLASS = 255;
export const NOVEL = 99;
/* Places among the causes. */
const TAUGHT = CAUSE_NAMES.indexOf("taught");
const UNLEARNED = CAUSE_NAMES.indexOf("unlearned");
const FAR = CAUSE_NAMES.indexOf("novel");
const AMBIGUOUS = CAUSE_NAMES.indexOf("ambiguous");
const UNEXPLAINED = CAUSE_NAMES.indexOf("unexplained");
/* Training pictures that a verdict names. */
const KEPT = 5;
/* An imitation that has less than this of a picture as the network has it explains little; of a part, less than half. */
const AGREES = 0.75;
const UNLIKE = 0.25;
const RECALLED = 0.5;

/* How many of a hundred training cells have a match that is nearer; null where no distances are known. */
export function percentileOf(references, distance, category = -1) {
  const quantiles = references?.classes?.[category] ?? references?.quantiles;
  if (!quantiles?.length) return null;
  let below = 0;
  while (below < 100 && quantiles[below + 1] <= distance) below++;
  return below;
}

/* What the matches of a field carry: `labels` has the original and the network's class of each, null where they are not known. */
export class Evidence {
  constructor({ field, labels, references, trainingColumns }) {
    Object.assign(this, { field, labels, references, trainingColumns });
    this.novel = references?.quantiles?.[NOVEL] ?? Infinity;
    this.known = new Map();
  }

  /* Why a cell is wrong that is given a class, by most of its matches that say something; its index among the causes. */
  causeOf(cell, given) {
    const key = cell * 256 + given;
    if (!this.known.has(key)) this.known.set(key, this.asked(cell, given));
    return this.known.get(key);
  }

  asked(cell, given) {
    const { field: { topK, distance, exemplar, none }, labels } = this;
    if (distance[cell * topK] > this.novel) return FAR;
    let [taught, unlearned, other] = [0, 0, 0];
    for (let at = cell * topK; at < (cell + 1) * topK; at++) {
      if (exemplar[at] === none || !labels) continue;
      if (labels[2 * at] === given) taught++;
      else if (labels[2 * at + 1] === given) unlearned++;
      else other++;
    }
    const all = taught + unlearned + other;
    if (2 * taught > all) return TAUGHT;
    if (2 * unlearned > all) return UNLEARNED;
    return 2 * other > all ? UNEXPLAINED : AMBIGUOUS;
  }

  /* Whether the network gives a cell's best match the same class as here. */
  agrees(cell, given) {
    return !this.labels || this.labels[2 * cell * this.field.topK + 1] === given;
  }
}

const add = (map, key, by = 1) => map.set(key, (map.get(key) ?? 0) + by);
const most = (map) => [...map].reduce((best, each) => (best === null || each[1] > best[1] ? each : best), null)?.[0] ?? null;

/* The matches of some pixels by training picture, those with most first. */
function sourcesOf({ field, labels, trainingColumns }, weights) {
  const found = new Map();
  let all = 0;
  for (const [cell, weight] of weights) {
    for (let at = cell * field.topK; at < (cell + 1) * field.topK; at++) {
      const exemplar = field.exemplar[at];
      if (exemplar === field.none) continue;
      let source = found.get(exemplar);
      if (!source) found.set(exemplar, source = { exemplar, matches: 0, labels: new Map(), selves: new Map(), cells: new Set() });
      source.matches += weight;
      all += weight;
      source.cells.add(field.row[at] * trainingColumns + field.column[at]);
      if (labels) {
        if (labels[2 * at] !== NO_CLASS) add(source.labels, labels[2 * at], weight);
        if (labels[2 * at + 1] !== NO_CLASS) add(source.selves, labels[2 * at + 1], weight);
      }
    }
  }
  return [...found.values()].sort((a, b) => b.matches - a.matches || a.exemplar - b.exemplar)
    .map((source) => ({ ...source, share: source.matches / all, label: most(source.labels), self: most(source.selves) }));
}

/*
 * On the pixels that pass `test(y, x)` (all where it is null) of a picture of `width` by `height`: `given` and `truth` have the class of
 * every pixel, -1 for none, or are null; `off` says how much it differs in 0..1, for networks without classes; `cellAt(y, x)` is its cell; `recall` is the share of nearest matches found, null if not known.
 */
export function verdictOn(evidence, { width, height, cellAt, given, truth, off = null, test = null, recall = null }) {
  const { field } = evidence;
  const [cells, wrongCells, pairs, classes] = [new Map(), new Map(), new Map(), new Map()];
  const causes = CAUSE_NAMES.map(() => 0);
  let [pixels, labelled, wrong, agreeing] = [0, 0, 0, 0];
  let [sum, known] = [0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (test && !test(y, x)) continue;
      const cell = cellAt(y, x);
      pixels++;
      add(cells, cell);
      if (off && !Number.isNaN(off[at])) { sum += off[at]; known++; }
      if (!given) continue;
      add(classes, given[at]);
      if (evidence.agrees(cell, given[at])) agreeing++;
      if (!truth || truth[at] < 0) continue;
      labelled++;
      if (truth[at] === given[at]) continue;
      wrong++;
      add(wrongCells, cell);
      add(pairs, truth[at] * 256 + given[at]);
      if (evidence.labels) causes[evidence.causeOf(cell, given[at])]++;
    }
  }
  const whole = !test;
  const pair = most(pairs);
  const distance = median(cells, field);
  const sources = sourcesOf(evidence, wrong ? wrongCells : cells);
  const far = share(cells, (cell) => field.distance[cell * field.topK] > evidence.novel);
  const doubts = [];
  if (recall !== null && recall < RECALLED) doubts.push("recall");
  if (whole ? far > UNLIKE : distance > evidence.novel) doubts.push("unfamiliar");
  if (given && evidence.labels && agreeing / Math.max(1, pixels) < (whole ? AGREES : 0.5)) doubts.push("agreement");
  const cause = wrong && evidence.labels ? causes.indexOf(Math.max(...causes)) : -1;
  return {
    whole, pixels, labelled, wrong, doubts, off: known ? sum / known : null,
    /* Whether there is something to tell how far to trust it. */
    sure: Boolean(evidence.references?.quantiles?.length), distance, sources, confused: pairs.size,
    /* Whether it is most of all wrong: then a sentence can say what it should be. */
    mostly: wrong > 0 && 2 * wrong > labelled && !whole,
    given: pair === null ? most(classes) : pair % 256,
    truth: pair === null ? null : Math.floor(pair / 256), pair: pair === null ? 0 : pairs.get(pair),
    cause: cause < 0 ? null : CAUSE_NAMES[cause], caused: cause < 0 ? 0 : causes[cause],
    causes: Object.fromEntries(CAUSE_NAMES.map((name, i) => [name, causes[i]])),
    percentile: percentileOf(evidence.references, distance),
  };
}

function median(cells, field) {
  const all = [...cells].map(([cell, weight]) => [field.distance[cell * field.topK], weight]).filter(([d]) => !Number.isNaN(d)).sort((a, b) => a[0] - b[0]);
  const half = all.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let sum = 0;
  for (const [distance, weight] of all) if ((sum += weight) >= half) return distance;
  return NaN;
}

function share(cells, test) {
  let [yes, all] = [0, 0];
  for (const cell of cells.keys()) {
    all++;
    if (test(cell)) yes++;
  }
  return all ? yes / all : 0;
}

export function ordinal(n) {
  const tens = n % 100;
  return `${n}${tens >= 11 && tens <= 13 ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th"}`;
}

const DOUBTS = {
  recall: "the search finds too few of the nearest matches",
  unfamiliar: "unlike anything in the training set",
  agreement: "the network says something else of the best matches than it does here",
};
export const meaningOf = (doubt) => DOUBTS[doubt];

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/* What is wrong, in words. */
function wrongness(verdict, name) {
  const { whole, labelled, wrong, given, truth, pair, mostly, off } = verdict;
  if (given === null) return off === null ? "What is right is not known." : `Off by ${percent(off)} of the range on average.`;
  if (mostly) return `${capital(name(given))}, should be ${name(truth)}.`;
  if (wrong) {
    const often = `most often ${name(given)} that should be ${name(truth)} (${percent(pair / wrong)} of it)`;
    return `${percent(wrong / labelled)} wrong, ${often}.`;
  }
  const here = whole ? "" : `${capital(name(given))}${labelled ? ", and right" : ""}. `;
  return labelled ? (whole ? "All labelled pixels are right." : here.trim()) : `${here}What is right is not known.`;
}

function carried({ sources, given, mostly }, name) {
  const shown = sources.slice(0, KEPT);
  const carry = shown.filter(({ label }) => label === given);
  /* Of many mistakes at once, none of which has to be behind these pictures. */
  const various = !carry.length && !mostly;
  if (given === null || various || shown.every(({ label }) => label === null)) return ["Matched training pictures: ", shown];
  const all = `${counted(shown.length, "matched training picture")}`;
  if (!carry.length) return [`None of ${all} carries the label ${name(given)}: `, shown];
  return [`${carry.length} of ${all} ${carry.length === 1 ? "carries" : "carry"} the label ${name(given)}: `, carry];
}

/*
 * The verdict as a sentence or more: texts, and `{ cause }` where its word stands. `name(category)` names a class, `id(exemplar)` a
 * training picture.
 */
export function sentence(verdict, { name, id }) {
  const { cause, caused, wrong, percentile, doubts, sources, whole } = verdict;
  const parts = [wrongness(verdict, name)];
  if (cause && wrong) parts.push(" ", { cause }, caused < wrong ? ` (${percent(caused / wrong)} of it).` : ".");
  if (percentile !== null) {
    parts.push(` ${doubts.includes("unfamiliar") ? "Unfamiliar" : "Familiar"} (${whole ? "median distance" : "distance"} at the ${ordinal(percentile)} percentile of training cells).`);
  }
  if (sources.length) {
    const [text, shown] = carried(verdict, name);
    parts.push(` ${text}${shown.slice(0, 3).map((source) => `${id(source.exemplar)} (${percent(source.share)})`).join(", ")}.`);
  }
  return parts.filter(Boolean);
}

export const textOf = (parts) => parts.map((part) => (typeof part === "string" ? part : CAUSES[part.cause].name)).join("").trim();
