/* What a picture's answer says of the part that is chosen: the verdict, the training picture that answers, and what lies over the photograph. */

import * as server from "./server.js";
import { Answer } from "./answer.js";
import { Judged } from "./judged.js";
import { Overlays } from "./overlays.js";
import { Verdicts } from "./verdicts.js";
import { element } from "../viewer/element.js";

const ACTS = { l: "wrong", x: "exclude", o: "open" };
/* So long a choice stands before it is asked what would change. */
const SETTLED = 250;

/* A page that asks extends this: it has `results`, its `stage`, and `body`, `open`, `without` and `changed`. */
export class Reading {
  constructor(app, db, state) {
    Object.assign(this, { app, db, state });
    this.gallery = server.galleryOf(db);
    this.verdicts = new Verdicts(db, this);
    this.answer = new Answer();
    this.overlays = new Overlays(db, state, this);
    this.readout = element("p", { class: "readout number" });
  }

  /* Ends what is asked aside. */
  forget() {
    this.aside?.abort();
    clearTimeout(this.soon);
  }

  moved(result, cursor, side) {
    const { stage, state } = this;
    if (this.more.open) this.source.show(result, cursor, state.pin !== null, this.comparing ? "AB"[side] : "");
    this.overlays.say(this.readout, result, cursor);
    const [match] = stage.pointing && !state.pin ? result.matches(cursor) : [];
    if (this.judged) this.judge();
    if (match) this.answer.match(match, `row ${match.row}, column ${match.column}`);
    else if (this.pointed) this.answered(this.verdicts.current);
    this.pointed = Boolean(match);
  }

  /* What verdicts need besides the answer comes after it. */
  async learn(result) {
    const { layer, hyperpatch, distance } = result.settings;
    this.distances ??= new Map();
    const key = `${layer.name} ${hyperpatch} ${distance}`;
    if (!this.distances.get(key)) this.distances.set(key, server.references(this.db, { layer: layer.name, hyperpatch, distance }));
    /* Distances of training cells may have to be found out first: the labels do not wait for them. */
    const labels = this.db.classes ? await server.labels(result.id) : null;
    if (labels) this.know(result, labels, null);
    const references = await this.distances.get(key);
    if (references) this.know(result, labels, references);
    else this.distances.delete(key);
  }

  know(result, labels, references) {
    if (this.results?.[0] !== result) return;
    this.judged = new Judged(result, labels, references, this.summary);
    this.overlays.show(this.judged);
    this.stage.lead.cover();
    this.stage.redraw();
  }

  /* What the server judged of the picture, with the settings that it has by itself. */
  get summary() {
    return this.app.summary(this.state.query);
  }

  /* What the verdict is on. */
  get chosenPart() {
    const { pin, part, region, category } = this.state;
    return pin ? { pin } : part && part <= this.judged.wrong.regions.length ? { part } : { region, category };
  }

  /* The verdict on what is chosen, if it is another than is shown. */
  judge() {
    const chosen = this.chosenPart;
    const key = JSON.stringify(chosen);
    if (this.said?.key === key && this.said.judged === this.judged) return;
    const same = this.said?.key === key && this.said.judged.result === this.judged.result;
    this.said = { key, judged: this.judged };
    this.verdicts.show(this.judged, this.judged.verdict(chosen), this.titleOf(chosen), same);
    if (!same) this.removing = null;
    this.answered(this.verdicts.current);
    this.overlays.press();
  }

  titleOf({ pin, part, region, category }) {
    if (pin) return `Row ${pin[0]}, column ${pin[1]}`;
    if (part) return `Region ${part}`;
    if (category !== null && this.db.classes) return `Class ${this.db.classes[category].name}`;
    return region ? "Rectangle" : "This picture";
  }

  /* Shows a source as the answer. */
  answered(source) {
    this.answer.source(source, source ? "matched cells outlined" : "");
    if (!source || source.exemplar !== this.removing?.exemplar) this.removed(source);
  }

  /* Says what changes without a training picture, as soon as that is known. */
  removed(source) {
    clearTimeout(this.soon);
    this.aside?.abort();
    this.removing = source;
    if (!source || !this.results) return;
    const { judged } = this;
    const chosen = this.chosenPart;
    const mine = this.aside = new AbortController();
    this.soon = setTimeout(async () => {
      const { id } = this.gallery.exemplars[source.exemplar];
      const { settings } = this.state;
      try {
        const bytes = await server.composition(this.db.id, this.body({ ...settings, without: [...settings.without, id] }), mine.signal);
        if (this.aside === mine) this.verdicts.changes(source, this.overlays.without(judged.without(chosen, bytes), id));
      } catch {
        /* What it would change stays unsaid; the page asks nothing else of it. */
      }
    }, SETTLED);
  }

  /* What a button of a card, or its key, does. */
  act(action, source = this.verdicts.current, decision = null) {
    if (!source) return;
    const { id } = this.gallery.exemplars[source.exemplar];
    if (action === "open") this.open(source.exemplar);
    else this.app.review.act(action, { db: this.db, judged: this.judged, verdict: this.verdicts.verdict, source, id, decision })
      .then(() => { this.verdicts.fill(); if (action === "exclude") this.without(id); }, (error) => this.app.say(error));
  }

  decided(source) {
    return this.app.review.about(this.gallery.exemplars[source.exemplar].id, source, this.judged.result);
  }

  /* One of the wrong regions, or none. */
  choosePart(number) {
    const { state, judged } = this;
    if (!judged || number > judged.wrong.regions.length) return;
    Object.assign(state, { part: state.part === number ? null : number, pin: null });
    if (state.region || state.category !== null) this.stage.choose({});
    this.stage.pointing = false;
    this.changed();
    this.stage.redraw();
  }

  /* A class or rectangle was chosen in place of a region. */
  chosen() {
    if (this.state.region || this.state.category !== null) this.state.part = null;
  }

  get pointsAt() {
    return this.stage.pointing || this.state.pin !== null;
  }

  marks() {
    if (!this.judged || this.state.pin) return [];
    return this.judged.wrong.regions.map((region) => ({ ...region, chosen: region.number === this.state.part }));
  }

  /* What lies over the photograph of a result. */
  overlay(result) {
    const { over, raw } = this.state;
    if (over === "none") return null;
    const judged = result === this.results?.[0] ? this.judged : null;
    if (over === "cause") return judged?.causeMap ?? null;
    if (over === "sources") return raw || !judged ? result.picture("correspondences") : judged.sourcesMap.canvas;
    return result.pictures[over] ?? null;
  }

  /* Pictures hide the photograph; classes and maps lie over it. */
  get opaque() {
    return !this.db.classes && ["network", "truth", "output"].includes(this.state.over);
  }

  cover(over, raw = this.state.raw) {
    Object.assign(this.state, { over: this.state.over === over && raw === this.state.raw ? "none" : over, raw });
    this.stage.lead.cover();
    this.answer.set(this.results[0], this.state.over);
    this.overlays.show(this.judged);
    this.stage.redraw();
    this.changed();
  }

  /* Whether a key was one of this view's. */
  takes(event) {
    const { key } = event;
    if (!this.judged) return false;
    const over = this.overlays.of(key);
    if (over) this.cover(over);
    else if (key === "m" || key === "M") this.cover("sources", !(this.state.raw && this.state.over === "sources"));
    else if (/^[1-9]$/.test(key)) this.choosePart(Number(key));
    else if (key.toLowerCase() in ACTS) this.act(ACTS[key.toLowerCase()]);
    else if (key === "Escape" && (this.state.part || this.state.region || this.state.category !== null || this.state.pin)) this.letGo();
    else return false;
    return true;
  }

  /* Back to the verdict on the picture. */
  letGo() {
    Object.assign(this.state, { part: null, pin: null });
    this.stage.choose({});
  }
}
