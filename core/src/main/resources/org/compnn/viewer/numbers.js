/* The numbers of a result and the settings it was made with. */

import { element, swatch } from "./element.js";
import { counted, milliseconds, percent, round } from "./format.js";

const DISTANCES = { l2: "squared L2, standardised channels", cosine: "cosine" };
const OVERLAPS = { none: "own patch only", average: "hyperpatches averaged" };
export const PASTED = { original: "original labels", self: "network’s own predictions" };

/* What is further known of an explanation, and what took time, as people read it. */
const FURTHER = { only: "Only", without: "Excluded", "left out": "Left out", reached: "Search effort", promised: "Search promise", checked: "Search check" };
const STAGES = { network: "Network time", search: "Search time", compose: "Composition time" };

/* An answer's name in the words of the page. */
const answered = (answer) => answer.replace("self-supervised labels", PASTED.self);

export const decimals = (value, count) => (value === null ? "–" : value.toFixed(count));

/* One group of metrics as texts: the titles of its columns, and its rows. */
export function metricLines({ columns, rows }, group) {
  const shown = columns.filter((column) => column.group === group);
  return {
    titles: ["Output", "Compared with", ...shown.map((column) => column.title)],
    lines: rows.map((row) => [answered(row.answer), row.against, ...shown.map((column) => decimals(row.values[column.key].value, column.decimals))]),
  };
}

/* A group of classes turned on its side: a line for each class. */
export function classLines({ columns, rows }, group) {
  return columns.filter((column) => column.group === group)
    .map((column) => [column.title, ...rows.map((row) => decimals(row.values[column.key].value, column.decimals))]);
}

/* How near the reconstructed input is to the input. */
export function reconstructionLine({ l1, psnr, ssim }) {
  const near = psnr === null ? "identical to the input" : `PSNR ${psnr.toFixed(2)} dB, L1 ${l1.toFixed(4)}`;
  return `Reconstructed input: ${near}${ssim === null ? "" : `, SSIM ${ssim.toFixed(3)}`}.`;
}

/* What agrees with the network, in parts of a sentence, the number apart; null where it is not known. */
export function agreementFact({ columns, rows }) {
  const [column] = columns;
  const found = rows.find((row) => row.against === "network")?.values[column.key].value ?? null;
  if (found === null) return null;
  return column.key === "pixel_accuracy"
    ? { before: "CompNN agrees with the network on ", number: percent(found), after: " of the pixels" }
    : { before: `${column.title} between CompNN and the network `, number: found.toFixed(column.decimals), after: "" };
}

/* Names and values of all settings. */
export function settingsLines(settings) {
  const { layer } = settings;
  const sees = ({ before, after }) => (before === null || after === null ? "whole picture" : round(before + after));
  return [
    ["Network", settings.network],
    ["Database", settings.database],
    ["Layer", [layer.name, ...layer.aliases.slice(0, 1).map((alias) => `(${alias})`)].join(" ")],
    ["Cells", `${layer.vertical.cells} × ${layer.horizontal.cells}, ${layer.channels} channels`],
    ["Stride", `${round(layer.vertical.stride)} × ${round(layer.horizontal.stride)} pixels`],
    ["Receptive field", `${sees(layer.vertical)} × ${sees(layer.horizontal)} pixels`],
    ["Hyperpatch", `${settings.hyperpatch} × ${settings.hyperpatch} cells`],
    ["Distance", DISTANCES[settings.distance] ?? settings.distance],
    ["Search", `${settings.search}, ${counted(settings.top_k, "match", "matches")} per cell`],
    ["Pasted from", PASTED[settings.labels] ?? settings.labels],
    ["Overlap", OVERLAPS[settings.overlap] ?? settings.overlap],
    ["Training pictures", `${settings.selected} of ${settings.exemplars}`],
    ...Object.entries(settings.further).map(([name, value]) => [FURTHER[name] ?? name, value]),
  ];
}

/* A table of texts or elements, numbers from the column `from` on. */
export function table(titles, lines, from = 1) {
  const row = (tag, cells) => element("tr", {}, ...cells.map((cell, i) =>
    element(tag, { class: i >= from ? "number" : "", scope: tag === "th" ? "col" : false }, ...[cell].flat())));
  return element("table", {}, element("thead", {}, row("th", titles)), element("tbody", {}, ...lines.map((line) => row("td", line))));
}

export function numbersCard({ agreement, reconstruction, classes }) {
  const groups = [...new Set(agreement.columns.map((column) => column.group))].filter(Boolean);
  const soft = ([answer, against, ...values]) => [answer, element("span", { class: "soft" }, against), ...values];
  const scrolled = (...content) => element("div", { class: "scroll" }, ...content);
  const { titles, lines } = metricLines(agreement, "");
  return element("div", { class: "card" }, element("h2", {}, "Agreement"), scrolled(table(titles, lines.map(soft), 2)),
    ...groups.map((group) => element("details", {}, element("summary", {}, group), scrolled(table(
      ["Class", ...agreement.rows.map((row) => [answered(row.answer), element("br"), `against ${row.against}`])],
      classLines(agreement, group).map(([title, ...values], i) => [[swatch(classes?.[i]?.colour ?? "#606060"), " ", title], ...values]))))),
    element("p", { class: "hint" }, reconstructionLine(reconstruction)));
}

export function settingsCard({ settings, timings }) {
  const pairs = (lines) => lines.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  const stages = Object.entries(timings).map(([stage, ms]) => [STAGES[stage] ?? stage, milliseconds(ms)]);
  return element("div", { class: "card" }, element("h2", {}, "Settings"),
    element("dl", { class: "settings number" }, ...pairs(settingsLines(settings)),
      stages.length ? element("div", { class: "rule" }) : null, ...pairs(stages)));
}
