/* Puts the page together. */

import { element } from "../viewer/element.js";
import { clamp, percent } from "../viewer/format.js";
import { decimals, table } from "../viewer/numbers.js";
import { Case } from "./case.js";
import { Stage } from "./stage.js";
import { swapSection } from "./swap.js";
import { SIZE, data, exhibited } from "./views.js";

function tile(value, words) {
  return element("div", { class: "tile" }, element("strong", {}, value), element("p", {}, words));
}

/* Cells of a training building. */
function cellsOf(stage) {
  const { vertical, horizontal } = stage.exhibits[0].why.explanation.settings.layer;
  return vertical.cells * horizontal.cells;
}

function numbersSection(section, stages) {
  const { paint, label } = stages;
  const like = (stage, i) => stage.figures[i];
  section.append(
    element("h2", {}, "Agreement with the network"),
    element("p", { class: "lede" },
      `A composition explains the network where the two agree. On ${paint.exhibits.length} painted and ${label.exhibits.length} labelled unseen buildings:`),
    element("div", { class: "tiles" },
      tile(percent(like(label, 0).accuracy, 1), "of the pixels get the same class from training patches as from the network."),
      tile(percent(like(label, 2).accuracy, 1), "get it when the whole nearest training building is pasted instead."),
      tile(like(paint, 0).levels.toFixed(1), `levels of 255 is the mean difference between painting and patches; ${like(paint, 2).levels.toFixed(1)} for the nearest building.`),
      tile(`${Math.max(paint.seconds, label.seconds).toFixed(1)} s`,
        `for the slowest search of ${(data.buildings.length * cellsOf(label) / 1e6).toFixed(1)} million training cells (${label.search}), on the machine that made this page.`)));
  const lines = [paint, label].flatMap((stage) => stage.figures.map((f) => [
    f.answer, `${f.against} (${stage.key === "paint" ? "photo" : "labels"})`,
    f.accuracy === null ? "" : percent(f.accuracy, 1), f.levels === null ? "" : decimals(f.levels, 1), f.ssim === null ? "" : decimals(f.ssim, 3)]));
  section.append(element("div", { class: "scroll" }, table(["output", "compared with", "same class", "mean difference (of 255)", "SSIM"], lines, 2)));
}

function nextSection(section) {
  const lines = [
    ["# your network as ONNX, and its training pictures"],
    "bin/compnn layers net/model.onnx",
    "bin/compnn index net/model.onnx data/train --out train.db",
    "bin/compnn explain train.db picture.png --out why",
    ["# the same picture with part of the training set"],
    "bin/compnn explain train.db picture.png --without tag:night --out why-not",
  ];
  const code = element("pre", {});
  for (const line of lines) {
    code.append(Array.isArray(line) ? element("i", {}, line[0]) : line, "\n");
  }
  section.append(element("h2", {}, "Your own network"), code);
}

const stages = Object.fromEntries(data.stages.map((stage) => [stage.key, stage]));
const results = await Promise.all(data.stages.map((stage) => Promise.all(stage.exhibits.map(({ why }) => exhibited(stage, why)))));
const shown = data.stages.map((stage, i) => new Stage(document.querySelector(`[data-stage="${stage.key}"]`), stage, results[i]));
const mystery = document.getElementById("case");
if (data.mystery) new Case(mystery, data.mystery).play(Number(/^#case=([0-3])$/.exec(location.hash)?.[1] ?? 0));
else mystery.hidden = true;
await swapSection(document.getElementById("swap"), stages.paint, results[data.stages.indexOf(stages.paint)]);
numbersSection(document.getElementById("numbers"), stages);
nextSection(document.getElementById("next"));

/* "#paint=1,46,58": which building, and where it is pointed at. */
const wanted = /^#(paint|label)=(\d+),(\d+),(\d+)$/.exec(location.hash);
if (wanted) {
  const stage = shown.find((s) => s.stage.key === wanted[1]);
  stage.touched = true;
  stage.choose(clamp(Number(wanted[2]), 0, stage.stage.exhibits.length - 1));
  stage.point({ x: clamp(Number(wanted[3]), 0, SIZE - 1), y: clamp(Number(wanted[4]), 0, SIZE - 1) });
}

if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
  let visible = new Set();
  const watch = new IntersectionObserver((entries) => entries.forEach((e) => {
    if (e.isIntersecting) visible.add(e.target);
    else visible.delete(e.target);
  }), { threshold: 0.25 });
  shown.forEach((s) => watch.observe(s.section));
  let last = 0;
  const frame = (time) => {
    if (time - last > 140) {
      last = time;
      shown.filter((s) => visible.has(s.section)).forEach((s) => s.wander(time));
    }
    if (!shown.every((s) => s.touched)) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
