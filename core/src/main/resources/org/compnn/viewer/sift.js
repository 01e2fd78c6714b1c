/* Judged pictures, sorted and filtered: what a grid shows, and how many pictures each filter would leave. */

import { CAUSE_NAMES } from "./causes.js";

/* A picture is said to have a class, confusion or cause where at least this share of its labelled pixels is wrong so. */
export const LEAST = 0.005;

export const SORTS = {
  error: "Error, worst first",
  class: "Class, worst first",
  distance: "Unfamiliar first",
  disagreement: "Disagreement first",
  name: "Name",
};

/* The kinds of filters; a picture passes if it has one of the chosen values of each kind. */
export const KINDS = ["class", "pair", "cause", "tag", "familiar", "picked"];

export const noFilters = () => ({ ...Object.fromEntries(KINDS.map((kind) => [kind, []])), text: "" });

export const pairOf = (truth, given) => `${truth}-${given}`;

const traits = new WeakMap();

/* The values that a picture has, by kind, and its wrong pixels by value. */
export function traitsOf(summary) {
  const known = traits.get(summary);
  if (known) return known;
  const least = Math.max(1, LEAST * (summary.pixels ?? 0));
  const [classes, pairs, causes] = [new Map(), new Map(), new Map()];
  const add = (map, key, pixels) => map.set(key, (map.get(key) ?? 0) + pixels);
  for (const [truth, given, pixels] of summary.confusions ?? []) {
    add(classes, String(truth), pixels);
    add(classes, String(given), pixels);
    add(pairs, pairOf(truth, given), pixels);
  }
  for (const cause of CAUSE_NAMES) add(causes, cause, summary.causes?.[cause] ?? 0);
  const kept = (map) => new Map([...map].filter(([, pixels]) => pixels >= least));
  const made = {
    class: kept(classes), pair: kept(pairs), cause: kept(causes),
    tag: new Map((summary.tags ?? []).map((tag) => [tag, 0])),
    familiar: new Map([[summary.familiar === false ? "no" : "yes", 0]]),
    picked: new Map([[String(summary.number), 0]]),
    worst: [...classes].reduce((worst, each) => (each[1] > worst[1] ? each : worst), ["", 0])[0],
    text: [summary.id, ...(summary.tags ?? [])].join("\n").toLowerCase(),
  };
  traits.set(summary, made);
  return made;
}

const hasOne = (trait, wanted) => !wanted.length || wanted.some((value) => trait.has(value));

function passes(summary, filters, except) {
  const found = traitsOf(summary);
  return (!filters.text || found.text.includes(filters.text.toLowerCase()))
    && KINDS.every((kind) => kind === except || hasOne(found[kind], filters[kind]));
}

/* Wrong pixels of what is asked for alone, where a class, confusion or cause is chosen; of all else. */
function wrongOf(summary, filters) {
  const found = traitsOf(summary);
  for (const kind of ["pair", "cause", "class"]) {
    if (filters[kind].length) {
      const pixels = filters[kind].reduce((sum, value) => sum + (found[kind].get(value) ?? 0), 0);
      return pixels / Math.max(1, summary.pixels);
    }
  }
  return summary.error ?? -1;
}

const byName = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.number - b.number);

/* The pictures that pass, in order. */
export function sifted(summaries, filters, sort) {
  const found = summaries.filter((summary) => passes(summary, filters));
  const wrong = new Map(found.map((summary) => [summary, wrongOf(summary, filters)]));
  const worse = (a, b) => wrong.get(b) - wrong.get(a) || byName(a, b);
  /* Where nothing is known to be wrong, what is unfamiliar comes first. */
  if (sort === "error" && found.every(({ error }) => error === null || error === undefined)) sort = "distance";
  const orders = {
    error: worse,
    class: (a, b) => Number(traitsOf(a).worst || 1e9) - Number(traitsOf(b).worst || 1e9) || worse(a, b),
    distance: (a, b) => (b.distance ?? -1) - (a.distance ?? -1) || worse(a, b),
    disagreement: (a, b) => (a.agreement ?? 2) - (b.agreement ?? 2) || worse(a, b),
    name: byName,
  };
  return found.sort(orders[sort] ?? orders.error);
}

/* How many pictures have each value of a kind, of those that pass the filters of the other kinds; most first. */
export function counts(summaries, filters, kind) {
  const found = new Map();
  for (const summary of summaries) {
    if (!passes(summary, filters, kind)) continue;
    for (const value of traitsOf(summary)[kind].keys()) found.set(value, (found.get(value) ?? 0) + 1);
  }
  for (const value of filters[kind]) if (!found.has(value)) found.set(value, 0);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/* The picture whose error comes after that of a given one, or the worst of all; null where there is none. */
export function nextWorst(summaries, number) {
  const order = sifted(summaries, noFilters(), "error");
  const at = order.findIndex((summary) => summary.number === number);
  return order[at + 1] ?? null;
}
