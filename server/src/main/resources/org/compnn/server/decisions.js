/* What was decided about labels and pictures: sent to the server, which keeps it, and taken back. */

import * as server from "./server.js";
import { outlineOfSource } from "./answer.js";
import { boxOf, outlineOf } from "../viewer/outline.js";
import { cellOf } from "../viewer/cells.js";

const keyOf = ({ set, picture, region }) => JSON.stringify([set, picture, region?.outline ?? null]);

export class Decisions {
  constructor(db) {
    this.db = db;
    this.standing = new Map();
    this.ready = server.review(db).then(({ decisions, file, by }) => {
      Object.assign(this, { file, by });
      decisions.forEach((decision) => this.note(decision));
    }, () => {});
  }

  note(decision) {
    const key = keyOf(decision);
    this.standing.delete(key);
    if (decision.decision !== "undo") this.standing.set(key, decision);
  }

  async make(decision) {
    /* The server writes a region down in its own way, by which it is known from then on. */
    const made = { region: null, ...await server.decide(this.db, decision) };
    this.note(made);
    return made;
  }

  undo({ set, picture, region, source }) {
    return this.make({ set, picture, region, source, decision: "undo" });
  }

  /* What stands about a region of a training picture, or about the picture. */
  of(picture, region = null) {
    return this.standing.get(keyOf({ set: "training", picture, region })) ?? null;
  }

  /* What the page decided about a source: its region, or all of its picture. */
  about(id, source, result) {
    const [found] = [...this.standing.values()].filter((decision) => decision.picture === id && decision.region);
    if (found && !source.region) {
      const box = JSON.stringify(regionOf(source, result).box);
      source.region = [...this.standing.values()].find(({ picture, region }) => picture === id && region && JSON.stringify(region.box) === box)?.region ?? null;
    }
    return (source.region ? this.of(id, source.region) : null) ?? this.of(id);
  }

  /* What a card's buttons do. */
  async act(action, { judged, verdict, source, id, decision }) {
    if (action === "undo") return this.undo(decision);
    if (action === "relabel") return this.make(decision);
    if (action === "exclude") return this.make({ set: "training", picture: id, region: null, decision: "exclude", source: "page" });
    const suggested = verdict.truth ?? source.self ?? source.label;
    const made = await this.make({
      set: "training", picture: id, region: source.region ?? regionOf(source, judged.result), given: source.label, suggested, label: suggested, decision: "accept", source: "page",
    });
    source.region = made.region;
    return made;
  }
}

/* The matched cells of a source as pixels of its picture's output. */
function regionOf(source, { exemplarGrid, width, height }) {
  const { rows, columns } = exemplarGrid;
  outlineOfSource(source, exemplarGrid);
  const outline = outlineOf(height, width, (y, x) => source.joined.has(cellOf(y, height, rows) * columns + cellOf(x, width, columns)));
  return { box: boxOf(outline), outline };
}
