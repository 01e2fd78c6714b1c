/* One picture, what explains it, and everything a person may change about that. */

import * as server from "./server.js";
import * as visit from "./visit.js";
import { Busy } from "./busy.js";
import { Controls } from "./controls.js";
import { downloads } from "./downloads.js";
import { Exemplar } from "./exemplar.js";
import { Judged } from "./judged.js";
import { Lists } from "./lists.js";
import { Photo } from "./photo.js";
import { previewOf } from "./preview.js";
import { Picker } from "./picker.js";
import { Reading } from "./reading.js";
import { Selection } from "./selection.js";
import { element } from "../viewer/element.js";
import { numbersCard, settingsCard } from "../viewer/numbers.js";
import { pause, wish } from "../viewer/pictures.js";
import { Ranking } from "../viewer/ranking.js";
import { Source } from "../viewer/source.js";
import { Stage } from "../viewer/stage.js";

/* Results kept, so that going back asks for nothing. */
const KEPT = 6;
const place = (id) => document.getElementById(id);

export class PicturePage extends Reading {
  /* `app` says what went wrong, keeps the address, and knows the pictures beside this one. */
  constructor(app, form, db, state) {
    super(app, db, state);
    this.editing = "A";
    this.highlighted = null;
    this.opening = "click it to see its labels and where it was used";
    this.kept = new Map();
    this.busy = new Busy(place("busy"), () => this.cancelled());
    this.source = new Source(this);
    this.ranking = new Ranking(this);
    this.exemplar = new Exemplar(db, this.gallery, this);
    this.picker = new Picker(db, this);
    this.selection = new Selection(db, this);
    this.controls = new Controls(place("controls"), db, form, this);
    this.stage = new Stage(state, db.classes, this, (stage) => new Photo(stage, this, db.classes ? "Photograph" : "Input"));
    this.below = element("section", { class: "below", "aria-label": "Numbers and settings" });
    this.lay();
    this.lists = new Lists(place("lists"), db, this);
  }

  /* Two large pictures and the verdict; all else is folded below. */
  lay() {
    const { stage, answer, overlays, verdicts, state } = this;
    this.more = element("details", { class: "everything", ...(state.more ? { open: "" } : {}) }, element("summary", {}, "More: all pictures and maps, the matches of a pixel, settings, numbers"),
      place("controls"), element("div", { class: "stage" }, stage.root, this.source.root), this.ranking.root, this.below);
    this.more.addEventListener("toggle", () => { state.more = this.more.open; this.changed(); stage.redraw(); });
    const tools = stage.tools.root;
    tools.prepend(overlays.kinds, overlays.raw);
    this.one = element("div", { class: "one" }, element("div", { class: "seen" }, tools, overlays.parts,
      element("div", { class: "duo" }, stage.lead.figure, answer.figure), this.readout, overlays.legend, ...tools.querySelectorAll(".classes, .values"), this.more), verdicts.root);
    place("stage").replaceChildren(this.one);
    this.one.hidden = true;
  }

  /* Ends what is under way; another page follows. */
  leave() {
    this.asked?.abort();
    this.forget();
    this.busy.end();
    this.lists.leave();
    clearTimeout(this.written);
    for (const window of [this.exemplar, this.picker, this.selection]) window.remove();
  }

  /* What is edited: A, or B where two are compared. */
  get settings() {
    return this.editing === "B" ? this.state.compared : this.state.settings;
  }

  get comparing() {
    return this.state.compared !== null;
  }

  set(name, value) {
    this.settings[name] = value;
    this.explain();
  }

  without(term) {
    if (!this.settings.without.includes(term)) this.settings.without.push(term);
    this.explain();
  }

  only(term) {
    this.settings.only = [term];
    this.explain();
  }

  takeBack(kind, term) {
    this.settings[kind] = this.settings[kind].filter((each) => each !== term);
    this.explain();
  }

  choose() {
    this.selection.open(this.settings);
  }

  compare() {
    this.state.compared = this.comparing ? null : structuredClone(this.state.settings);
    this.editing = this.comparing ? "B" : "A";
    this.explain();
  }

  edit(side) {
    this.editing = side;
    this.controls.show();
    this.rank();
    this.count();
  }

  open(exemplar) {
    const { width, height } = this.results[0].input;
    this.exemplar.open(exemplar, `${width} / ${height}`);
  }

  highlight(exemplar) {
    this.highlighted = exemplar;
    this.stage.redraw();
  }

  unpin() {
    this.stage.pin(null);
  }

  /* Explains another picture; what was chosen of the earlier one means nothing there. */
  ask(query) {
    clearTimeout(this.written);
    Object.assign(this.state, { query, pin: null, region: null, category: null, part: null });
    this.app.visit();
    return this.explain();
  }

  async take(file) {
    try {
      await this.ask(this.app.dropped(await server.upload(file, this.db.upload)));
    } catch (error) {
      this.app.say(error);
    }
  }

  /* The address follows at leisure: browsers allow few changes of it a second. */
  changed() {
    clearTimeout(this.written);
    this.written = setTimeout(() => this.app.changed(), 120);
  }

  /* The result whose settings are edited. */
  get edited() {
    return this.results?.[this.editing === "B" ? 1 : 0] ?? this.results?.[0];
  }

  rank() {
    if (this.edited) this.ranking.show(this.edited, this.state, this.comparing ? this.editing : "");
  }

  count() {
    if (this.edited) this.below.replaceChildren(numbersCard(this.edited), settingsCard(this.edited));
  }

  /* What the server is asked. */
  body(settings) {
    const [kind, ...id] = this.state.query.split("/");
    /* Only a training picture can match itself; one of a data set may bear the name of another. */
    return { ...settings, leave_out: settings.leave_out && kind === "training", query: { kind, id: id.join("/") } };
  }

  async asks(settings, signal) {
    const body = this.body(settings);
    const key = JSON.stringify(body);
    const found = this.kept.get(key) ?? await server.result(this.db, this.gallery, await server.question(this.db.id, body, signal), signal);
    this.kept.delete(key);
    this.kept.set(key, found);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    return found;
  }

  /* What was judged of a picture that is opened is there at once. */
  preview() {
    const { summary, state } = this;
    if (!summary || this.shown?.query === state.query) return;
    this.previewed?.remove();
    this.one.hidden = true;
    this.previewed = previewOf(this.db, this.app.set, summary);
    place("stage").append(this.previewed);
    requestAnimationFrame(() => performance.mark("previewed"));
  }

  async explain() {
    this.asked?.abort();
    this.preview();
    const mine = this.asked = new AbortController();
    performance.mark("asked");
    this.head();
    this.controls.show();
    this.lists.begin();
    this.changed();
    this.app.say(null);
    pause(true);
    this.busy.begin();
    place("stage").setAttribute("aria-busy", "true");
    try {
      const results = [await this.asks(this.state.settings, mine.signal)];
      if (this.state.compared) results.push(await this.asks(this.state.compared, mine.signal));
      if (this.asked === mine) this.show(results);
    } catch (error) {
      if (error.name !== "AbortError" && this.asked === mine) this.app.say(error, () => this.explain());
    } finally {
      if (this.asked === mine) {
        this.busy.end();
        pause(false);
        place("stage").removeAttribute("aria-busy");
      }
    }
  }

  /* The layers that are asked about, by name. */
  wanted() {
    return [this.state.settings, this.state.compared].filter(Boolean).map(({ layer }) => {
      const { layers } = this.db;
      const named = layer || "penultimate";
      return (layers.find((each) => each.name === layer || each.aliases.includes(named)) ?? layers[0]).name;
    });
  }

  /* Asks nothing until it is told to. */
  hold() {
    server.cancel().catch(() => {});
    this.asked?.abort();
    this.asked = null;
    this.busy.end();
    pause(false);
    place("stage").removeAttribute("aria-busy");
  }

  /* Back to what is shown. */
  cancelled() {
    this.asked?.abort();
    this.asked = null;
    this.busy.end();
    pause(false);
    place("stage").removeAttribute("aria-busy");
    this.previewed?.remove();
    this.one.hidden = !this.shown;
    if (this.shown) {
      Object.assign(this.state, structuredClone(this.shown));
      if (!this.comparing) this.editing = "A";
      this.head();
      this.controls.show();
      this.changed();
    }
    this.app.say({ message: this.shown ? "Cancelled. Showing the earlier result." : "Cancelled." }, this.shown ? null : () => this.explain());
  }

  show(results) {
    const { state } = this;
    this.results = results;
    this.shown = structuredClone({ query: state.query, settings: state.settings, compared: state.compared });
    results.forEach((result, i) => visit.remember(this.db, state.query, result, ["", " · B"][i]));
    this.previewed?.remove();
    this.one.hidden = false;
    this.judged = new Judged(results[0], null, null, this.summary);
    this.learn(results[0]);
    this.answer.set(results[0], state.over);
    this.overlays.show(this.judged);
    this.stage.show(...results);
    this.count();
    place("actions").replaceChildren(downloads(results[0]));
    document.title = `${results[0].name} · CompNN`;
    requestAnimationFrame(() => performance.mark("shown"));
    const all = results.flatMap((result) => result.wanted());
    wish(all.flatMap((exemplar) => ["input", "self", "original"].map((kind) => this.gallery.address(exemplar, kind, this.result?.scale)).filter(Boolean)));
  }

  /* What is at the top: database, picture, and the pictures beside it. */
  head() {
    const { db, state, picker } = this;
    const name = state.query.startsWith("upload/") ? "Your picture" : state.query.replace(/^[^/]*\//, "");
    const small = picker.small(state.query);
    const step = (by, text, label) => {
      const to = this.app.beside(state.query, by) ?? picker.beside(state.query, by);
      return element("button", { type: "button", class: "quiet", "aria-label": label, title: label, disabled: to ? false : "", onclick: () => this.ask(to) }, text);
    };
    place("choice").replaceChildren(
      step(-1, "‹", "Previous picture"),
      element("button", { type: "button", class: "quiet picture", "data-open": "picker", title: "Choose a picture", onclick: () => picker.open(state.query) },
        ...(small ? [element("img", { src: small, alt: "" })] : []), element("span", { class: "id" }, name), " ▾"),
      step(1, "›", "Next picture"));
  }
}
