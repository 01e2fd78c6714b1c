/* The judgements of a set of pictures, as they come: the server works on them while somebody looks. */

import * as server from "./server.js";

const EVERY = 500;
const LATER = 4000;

export class Judging {
  /* `changed` is called when there is more to see. */
  constructor(db, set, changed) {
    Object.assign(this, { db, set, changed });
    this.version = 0;
    this.found = new Map();
    this.progress = { judged: 0, total: set.pictures, running: true, failed: [] };
    this.ask();
  }

  /* Those that are judged, in no order. */
  get summaries() {
    this.listed ??= [...this.found.values()];
    return this.listed;
  }

  async ask() {
    clearTimeout(this.next);
    let wait = EVERY;
    try {
      const { pictures, ...progress } = await server.judgements(this.db, this.set.id, this.version);
      if (this.gone) return;
      const news = pictures.length || progress.running !== this.progress.running;
      /* A set that is judged anew, with another network or other settings. */
      if (progress.version < this.version) this.found.clear();
      for (const summary of pictures) this.found.set(summary.number, summary);
      if (pictures.length) this.listed = null;
      this.version = progress.version;
      this.progress = progress;
      this.error = null;
      /* An answer holds so many at most: the rest is there already. */
      if (pictures.length) wait = progress.running ? EVERY : 1;
      else if (!progress.running) wait = this.set.id === "uploads" ? LATER : 0;
      if (news || !this.told) this.changed();
      this.told = true;
    } catch (error) {
      if (this.gone) return;
      this.error = error;
      wait = LATER;
      this.changed();
    }
    if (wait) this.next = setTimeout(() => this.ask(), wait);
  }

  leave() {
    this.gone = true;
    clearTimeout(this.next);
  }
}
