/* The data set: its pictures, the worst first, as they are judged; and the other views of the same judgements. */

import * as address from "./address.js";
import * as server from "./server.js";
import { select } from "./controls.js";
import { Facets } from "./facets.js";
import { Grid } from "./grid.js";
import { Judging } from "./judging.js";
import { Classes } from "./classes.js";
import { Matrix } from "./matrix.js";
import { Queue } from "./queue.js";
import { ScatterMap } from "./map.js";
import { viewsMenu } from "./views.js";
import { CAUSES, CAUSE_NAMES } from "../viewer/causes.js";
import { element } from "../viewer/element.js";
import { counted, percent } from "../viewer/format.js";
import { SORTS, nextWorst, noFilters, sifted } from "../viewer/sift.js";

const PREFIX = { data: "data", training: "training", uploads: "upload" };
const REFRESH = 400;

export class Home {
  /* `app` is told to `open` a picture, and that the address `changed`. */
  constructor(db, state, app) {
    Object.assign(this, { db, app });
    this.state = state;
    this.sets = db.sets ?? [{ id: "data", title: "Data set", pictures: db.pictures.length }, { id: "training", title: "Training set", pictures: db.exemplars.length }];
    this.facets = new Facets(db, this);
    const { width, height } = db.output;
    this.grid = new Grid({
      label: "Pictures", key: ({ number }) => String(number), card: (summary) => this.card(summary),
      open: (summary) => this.open(summary), shape: () => width / height, text: 40, width: this.size,
    });
    this.others = db.classes ? { confusion: new Matrix(db, this), classes: new Classes(db, this) } : {};
    this.queues = db.classes && db.targets ? { suspects: new Queue(db, this, "suspects"), culprits: new Queue(db, this, "culprits") } : {};
    this.others.map = new ScatterMap(db, this);
    this.lead = element("p", { class: "lead number", role: "status" });
    this.tools = element("div", { class: "tools" });
    this.views = element("div", { class: "shown" });
    this.root = element("div", { class: "home" }, this.facets.root, element("div", { class: "side" }, this.tools, this.views));
    this.choose(state.set);
  }

  get size() {
    return Number(sessionStorage.getItem("compnn size")) || (innerWidth < 620 ? 160 : 210);
  }

  get filters() {
    return this.state.filters;
  }

  get summaries() {
    return this.judging?.summaries ?? [];
  }

  /* Another state, from an address. */
  follow(state) {
    const before = this.set?.id;
    this.state = state;
    if (before !== (this.known(state.set)?.id)) this.choose(state.set);
    else this.show();
  }

  known(id) {
    return this.sets.find((set) => set.id === id) ?? this.sets.find((set) => set.pictures) ?? this.sets[0];
  }

  choose(id) {
    this.judging?.leave();
    this.set = this.known(id);
    this.own = this.set?.id === "uploads";
    this.state.set = this.set?.id ?? null;
    this.judging = null;
    if (this.db.sets && this.set) this.judging = new Judging(this.db, this.set, () => this.came());
    this.show();
  }

  /* More was judged; a page that is not looked at need not change. */
  came() {
    if (this.root.isConnected && !this.waiting) {
      this.waiting = setTimeout(() => { this.waiting = null; this.show(); }, this.grid.items.length ? REFRESH : 0);
    }
  }

  /* Those of the set that are not judged yet, in its order, while nothing asks for what they lack. */
  pending() {
    if (!this.set || JSON.stringify({ ...this.filters, text: "" }) !== JSON.stringify(noFilters())) return [];
    const all = { data: this.db.pictures, training: this.db.exemplars }[this.set.id] ?? [];
    const text = this.filters.text.toLowerCase();
    return all.flatMap(({ id, tags }, number) => (this.judging?.found.has(number) || (text && ![id, ...tags].some((each) => each.toLowerCase().includes(text)))
      ? [] : [this.waitingFor(number, id, tags)]));
  }

  waitingFor(number, id, tags) {
    this.unjudged ??= new Map();
    const key = `${this.set.id} ${number}`;
    if (!this.unjudged.has(key)) this.unjudged.set(key, { number, id, tags, pending: true });
    return this.unjudged.get(key);
  }

  /* The judged pictures that pass the filters, in order. */
  get order() {
    return sifted(this.summaries, this.filters, this.state.sort);
  }

  queryOf({ id }) {
    return `${PREFIX[this.set.id]}/${id}`;
  }

  /* The picture of the set that a query names, if it is one. */
  summaryOf(query) {
    const [prefix, ...id] = query.split("/");
    if (!this.set || PREFIX[this.set.id] !== prefix) return null;
    return this.summaries.find((summary) => summary.id === id.join("/")) ?? null;
  }

  /* The picture before or after one in the order in sight, or the next worst. */
  beside(query, by) {
    const summary = this.summaryOf(query);
    if (!summary) return null;
    const { order } = this;
    const to = order[order.indexOf(summary) + by];
    return to ? this.queryOf(to) : null;
  }

  worst(query) {
    const to = nextWorst(this.summaries, query ? this.summaryOf(query)?.number ?? null : this.grid.current?.number ?? null);
    return to && { query: this.queryOf(to), key: String(to.number) };
  }

  open(summary, part = null) {
    this.app.open(this.queryOf(summary), part);
  }

  /* The pictures that have one of some values, in the grid. */
  only(kind, ...values) {
    this.filters[kind] = values;
    this.app.turn({ show: "pictures", cell: null });
  }

  filter(kind, value) {
    this.filters[kind] = value;
    this.changed();
  }

  clear() {
    this.state.filters = noFilters();
    this.changed();
  }

  put(name, value) {
    if (name === "cell") this.app.turn({ cell: value });
    else {
      this.state[name] = value;
      this.changed();
    }
  }

  changed() {
    this.app.changed();
    this.show();
  }

  /* Which of the views this database has. */
  shows(name) {
    return name === "pictures" || (Boolean(this.judging) && (name in this.others || name in this.queues));
  }

  /* The view in sight, if it is none of the pictures. */
  get other() {
    return this.shows(this.state.show) ? this.others[this.state.show] ?? this.queues[this.state.show] ?? null : null;
  }

  /* The page came here: what was current is so again. */
  arrived() {
    if (this.other) return;
    this.grid.measure();
    if (this.grid.at) this.grid.go(this.grid.at);
    this.grid.root.focus({ preventScroll: true });
  }

  go(key) {
    this.grid.go(key);
    this.grid.root.focus({ preventScroll: true });
  }

  /* Whether a key is one of the grid's, wherever the focus is. */
  takes(event) {
    const pressed = event.key === "Enter" && event.target.closest?.("button:not([data-cell]), a, summary");
    if (pressed || (!this.other && event.target.closest?.("[role=listbox]"))) return false;
    return (this.other ?? this.grid).takes(event);
  }

  focus() {
    this.grid.root.focus();
    if (!this.grid.current) this.grid.move(0);
  }

  show() {
    const judged = this.order;
    const { other } = this;
    const root = other ? other.root : this.grid.root;
    /* A queue is of training pictures; filters of the data set do not apply. */
    this.root.classList.toggle("alone", this.state.show in this.queues);
    if (this.views.firstChild !== root) this.views.replaceChildren(root);
    this.facets.show();
    if (other) other.show(judged, this.state.cell);
    else this.grid.show([...judged, ...this.pending()]);
    this.say(judged.length);
    this.bar();
    for (const each of this.tools.querySelectorAll(".ordering")) each.hidden = Boolean(other);
  }

  /* How far the judging is, and what it could not do. */
  say(shown) {
    if (!this.judging) {
      this.lead.textContent = counted(this.set?.pictures ?? 0, "picture");
      return;
    }
    const { judged, total, running, failed, remaining_s: seconds } = this.judging.progress;
    const filtered = JSON.stringify(this.filters) !== JSON.stringify(noFilters());
    this.lead.textContent = [filtered ? `${shown.toLocaleString("en")} of ${counted(judged, "picture")}` : counted(total, "picture"),
      ...(running && judged < total ? [`${judged.toLocaleString("en")} judged${seconds ? `, ${left(seconds)} left` : ""}`] : []),
      ...(failed?.length ? [`${failed.length} could not be judged: ${failed[0].message}`] : []),
      ...(this.judging.error ? [this.judging.error.message] : [])].join(" · ");
    this.lead.style.setProperty("--done", `${(100 * judged) / Math.max(1, total)}%`);
    this.lead.classList.toggle("running", Boolean(running && judged < total));
  }

  bar() {
    if (this.tools.childElementCount && this.barred === this.state) {
      this.tools.querySelector("select").value = this.state.sort;
      return;
    }
    this.barred = this.state;
    const size = element("input", { type: "range", min: "110", max: "420", step: "10", value: String(this.size), "aria-label": "Size of the pictures" });
    size.addEventListener("input", () => { sessionStorage.setItem("compnn size", size.value); this.grid.resize(Number(size.value)); });
    this.tools.replaceChildren(this.lead, element("label", { class: "ordering" }, "Sort ", select("sort", "Sort", SORTS, this.state.sort, (sort) => this.put("sort", sort))),
      element("label", { class: "size ordering" }, "Size ", size), viewsMenu(this.db, () => address.write({ database: this.db.id, home: this.state }), () => this.title()));
  }

  title() {
    const chosen = Object.entries(this.filters).flatMap(([kind, values]) => (kind === "text" ? [values] : kind === "picked" ? [] : values.map((value) =>
      this.facets.named(kind, value).parts.map((part) => part.textContent ?? part).join(""))));
    return [this.set?.title, ...chosen].filter(Boolean).join(", ").slice(0, 60);
  }

  card(summary) {
    const { number, id, tags } = summary;
    if (summary.pending) {
      const source = this.set.id === "data" ? server.pictureAddress(this.db, number) : server.exemplarAddress(this.db, number, "small.jpg");
      return element("div", { class: "pending" }, element("img", { src: source, alt: "", decoding: "async" }),
        element("div", { class: "text" }, element("span", { class: "id" }, id), element("span", { class: "soft says" }, this.judging ? "not judged yet" : tags.join(" · "))));
    }
    const causes = element("div", { class: "causes", "aria-hidden": "true" }, ...CAUSE_NAMES.map((cause) => {
      const part = element("i");
      part.style.flexGrow = summary.causes?.[cause] ?? 0;
      part.style.background = CAUSES[cause].colour;
      return part;
    }));
    causes.style.width = `${Math.min(100, 250 * (summary.error ?? 0))}%`;
    return element("div", {}, element("img", { src: server.judgedAddress(this.db, this.set.id, summary.number, true, summary.version), alt: "", decoding: "async" }), causes,
      element("div", { class: "text" }, element("span", { class: "id" }, this.own ? `Your picture ${number + 1}` : id), element("b", { class: "number" }, summary.error === null ? "" : percent(summary.error)),
        element("span", { class: "soft says" }, this.says(summary))));
  }

  /* What is most wrong with a picture, in a few words. */
  says(summary) {
    if (this.own) return [...(summary.familiar === false ? ["unfamiliar"] : []), `${percent(summary.agreement)} agreement`].join(" · ");
    const [worst] = [...(summary.confusions ?? [])].sort((a, b) => b[2] - a[2]);
    const name = (index) => this.db.classes[index]?.name ?? index;
    return [...(summary.familiar === false ? ["unfamiliar"] : []), ...(worst && this.db.classes ? [`${name(worst[0])} → ${name(worst[1])}`] : [])].join(" · ");
  }

  leave() {
    this.judging?.leave();
    Object.values(this.queues).forEach((queue) => queue.leave());
    this.root.remove();
  }
}

const left = (seconds) => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`);
