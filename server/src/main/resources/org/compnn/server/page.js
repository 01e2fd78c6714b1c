/* The page: one picture at a time, its sources under the cursor. */

import * as address from "./address.js";
import * as server from "./server.js";
import { Pane } from "./panes.js";
import { Result } from "./result.js";
import { Source } from "./source.js";
import { cellOf, clamp, element, firstPixel, image, percent } from "./report.js";

const TITLES = {
  input: "Input", network: "Network", output: "CompNN", reconstruction: "Input reconstructed",
  correspondences: "Correspondences", distance: "Match distance", truth: "Ground truth", wrong: "Network wrong", other: "CompNN, other labels",
};
const CHOICES = {
  labels: { self: "self-supervised", original: "original" },
  hyperpatch: { 1: "1 × 1", 2: "2 × 2", 3: "3 × 3", 4: "4 × 4", 5: "5 × 5" },
  distance: { l2: "L2", cosine: "cosine" },
  search: { fast: "fast", balanced: "balanced", best: "best", exact: "exact (slow)" },
  top_k: { 1: "1", 3: "3", 5: "5", 10: "10" },
};
const NAMES = { labels: "Labels", hyperpatch: "Hyperpatch", distance: "Distance", search: "Search", top_k: "Matches" };
const place = (id) => document.getElementById(id);

let state = address.read(location.hash);
let databases = [];
let db = null;
let result = null;
let asked = null;
let cursor = { y: 0, x: 0 };
let panes = [];
let source = null;
let waiting = false;

const remember = () => history.replaceState(null, "", address.write(state));

function say(error) {
  place("message").hidden = !error;
  place("message").textContent = error ? error.message : "";
}

function redraw() {
  if (!result) return;
  const boxes = result.boxes(result.cell(cursor.y, cursor.x), result.queryGrid, result, result.input);
  for (const pane of panes) pane.draw(boxes);
  source.show(result, cursor, state.pin !== null);
}

/* At most once a frame, however often the pointer moves. */
function move(to) {
  cursor = to;
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; redraw(); });
}

function pin(at) {
  state.pin = at ? [at.y, at.x] : null;
  remember();
  move(at ?? cursor);
}

function key(event) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  if (steps[event.key]) {
    const by = event.shiftKey ? 8 : 1;
    const step = (at, pixels, cells, n) => firstPixel(clamp(cellOf(at, pixels, cells) + n * by, 0, cells - 1), pixels, cells);
    const to = {
      y: step(cursor.y, result.height, result.rows, steps[event.key][0]),
      x: step(cursor.x, result.width, result.columns, steps[event.key][1]),
    };
    if (state.pin) pin(to); else move(to);
  } else if (event.key === "Enter" || event.key === " ") pin(state.pin ? null : cursor);
  else if (event.key === "Escape") pin(null);
  else return;
  event.preventDefault();
}

function select(name, title, choices, value, changed) {
  const made = element("select", { name, "aria-label": title }, ...Object.entries(choices).map(([key, text]) =>
    element("option", { value: key, selected: String(value) === key ? "" : false }, text)));
  made.addEventListener("change", () => changed(made.value));
  return made;
}

function controls() {
  const { settings } = state;
  const change = (name) => (value) => { settings[name] = typeof address.SETTINGS[name] === "number" ? Number(value) : value; explain(); };
  const layers = Object.fromEntries(db.layers.map((layer) => [layer.aliases[0] ?? layer.name,
    `${layer.aliases[0] ?? layer.name} (${layer.rows} × ${layer.columns})`]));
  const label = (title, control) => element("label", {}, title, control);
  place("controls").replaceChildren(
    label("Layer", select("layer", "Layer", layers, settings.layer || "penultimate", change("layer"))),
    ...Object.entries(CHOICES).map(([name, choices]) => label(NAMES[name], select(name, NAMES[name], choices, settings[name], change(name)))),
    ...["only", "without"].flatMap((kind) => settings[kind].map((term) => element("button", {
      type: "button", class: "quiet", "data-term": term, onclick: () => { settings[kind] = settings[kind].filter((t) => t !== term); explain(); },
    }, `${kind} ${term} ×`))),
    ...(Object.keys(db.tags).length ? [select("tag", "Without a tag", { "": "without tag …", ...Object.fromEntries(Object.entries(db.tags).map(([tag, n]) => [tag, `${tag} (${n})`])) }, "",
      (tag) => { settings.without.push(`tag:${tag}`); explain(); })] : []));
}

function choice() {
  const pictures = {};
  db.pictures.forEach(({ id }) => { pictures[`data/${id}`] = id; });
  db.exemplars.forEach(({ id }) => { pictures[`training/${id}`] = `${id} (training)`; });
  if (state.query?.startsWith("upload/")) pictures[state.query] = "dropped picture";
  const file = element("input", { type: "file", class: "file", accept: "image/png,image/jpeg", "aria-label": "A picture of your own" });
  file.addEventListener("change", () => file.files[0] && drop(file.files[0]));
  place("choice").replaceChildren(
    select("database", "Database", Object.fromEntries(databases.map(({ id }) => [id, id])), db.id, (id) => open(id, null)),
    select("picture", "Picture", pictures, state.query, (query) => { state.query = query; state.pin = null; explain(); }), file);
}

async function drop(file) {
  try {
    state.query = `upload/${await server.upload(file, db.upload)}`;
    state.pin = null;
    choice();
    await explain();
  } catch (error) {
    say(error);
  }
}

async function explain() {
  asked?.abort();
  const mine = asked = new AbortController();
  controls();
  remember();
  say(null);
  const [kind, ...id] = state.query.split("/");
  const slow = setTimeout(() => { place("busy").hidden = false; }, 200);
  try {
    const answer = await server.question(db.id, { ...state.settings, query: { kind, id: id.join("/") } }, mine.signal);
    const loaded = await Result.load(db, answer, mine.signal);
    if (asked === mine) show(loaded);
  } catch (error) {
    if (error.name !== "AbortError" && asked === mine) say(error);
  } finally {
    clearTimeout(slow);
    if (asked === mine) place("busy").hidden = true;
  }
}

function show(loaded) {
  result = loaded;
  const accuracy = result.classes ? { wrong: result.pictures.truth && percent(result.differing("network", "truth")), output: `${percent(1 - result.differing("output", "network"))} as the network` } : {};
  for (const pane of panes) pane.show(result, accuracy[pane.name] || "");
  const first = result.clamped(state.pin ?? [result.height / 2, result.width / 2]);
  place("actions").replaceChildren(element("a", { href: server.fileAddress(result.id, "report.html") }, "Report"),
    element("a", { href: server.fileAddress(result.id, "field.npy") }, "field.npy"), element("a", { href: server.fileAddress(result.id, "explanation.zip") }, "All"));
  document.title = `${result.name} · CompNN`;
  move(first);
  result.ranked.slice(0, 400).forEach(({ place: at }) => ["input.png", "self.png"].forEach((kind) => image(server.exemplarAddress(db, at, kind)).catch(() => {})));
}

async function open(id, query) {
  db = await server.database(id);
  state.database = id;
  state.query = query ?? (db.pictures.length ? `data/${db.pictures[0].id}` : `training/${db.exemplars[0].id}`);
  source = new Source(db, { unpin: () => pin(null), drop: (exemplar) => { state.settings.without.push(exemplar); explain(); } });
  panes = Object.entries(TITLES).map(([name, title]) => new Pane(name, title, { point: (at) => { if (!state.pin) move(at); }, pin, key }));
  place("stage").replaceChildren(element("div", { class: "stage" }, element("div", { class: "panels" }, ...panes.map((pane) => pane.figure)), source.root));
  choice();
  await explain();
}

place("busy").querySelector("p").textContent = "Searching …";
place("busy").querySelector("button").addEventListener("click", () => server.cancel());
addEventListener("resize", redraw);
addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
addEventListener("dragleave", () => document.body.classList.remove("dropping"));
addEventListener("drop", (event) => { event.preventDefault(); document.body.classList.remove("dropping"); if (event.dataTransfer.files[0]) drop(event.dataTransfer.files[0]); });
addEventListener("hashchange", () => { state = address.read(location.hash); open(state.database ?? databases[0].id, state.query).catch(say); });

try {
  databases = await server.databases();
  await open(databases.some(({ id }) => id === state.database) ? state.database : databases[0].id, state.query);
} catch (error) {
  say(error);
}
