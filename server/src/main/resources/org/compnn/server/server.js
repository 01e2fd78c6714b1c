/* What the page asks of the server. */

import { Field } from "../viewer/field.js";
import { readable } from "../viewer/pictures.js";
import { Result } from "../viewer/result.js";

const CLIENT = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

/* A request that was not answered as asked; its message is meant for people. */
export class Refused extends Error {
  constructor(status, message, settings = []) {
    super(message);
    this.status = status;
    /* Names of the settings that can mend it. */
    this.settings = settings;
  }
}

async function answered(response) {
  if (response.ok) return response;
  let message = `the server answered ${response.status}`;
  try {
    message = (await response.json()).error.message;
  } catch {
    /* Not ours; the status has to do. */
  }
  const settings = (response.headers.get("X-Settings") ?? "").split(",").filter(Boolean);
  throw new Refused(response.status, message, settings);
}

async function ask(address, options = {}) {
  let response;
  try {
    response = await fetch(address, { ...options, headers: { "X-Client": CLIENT, ...options.headers } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, "the server does not answer; is compnn serve still running?");
  }
  return answered(response);
}

const json = async (address, options) => (await ask(address, options)).json();
const encoded = (text) => encodeURIComponent(text);

export const databases = () => json("api/databases");
export const settings = () => json("api/settings");
export const database = (id) => json(`api/databases/${encoded(id)}`);
export const lists = (id) => json(`api/databases/${encoded(id)}/lists`);

/* What is known of a set's pictures that were judged after a version. */
export const judgements = (db, set, since) => json(`api/databases/${encoded(db.id)}/judgements/${encoded(set)}?since=${since}`);
/* Pictures or regions in a plane, neighbours together: [picture, region, x, y] for each. */
export const layout = async (db, set, points) => (await json(`api/databases/${encoded(db.id)}/judgements/${encoded(set)}/layout?points=${points}`)).points;
export const judgement = (db, set, number) => json(`api/databases/${encoded(db.id)}/judgements/${encoded(set)}/${number}`);
/* A judged photograph, small, its errors drawn on it or not. */
export const judgedAddress = (db, set, number, error = true, version = "") =>
  `api/databases/${encoded(db.id)}/judgements/${encoded(set)}/${number}/small.jpg?v=${db.version}${version}${error ? "" : "&error=0"}`;

export const exemplarAddress = (db, index, kind) =>
  `api/databases/${encoded(db.id)}/exemplars/${index}/${kind}?v=${db.version}`;
export const pictureAddress = (db, index) =>
  `api/databases/${encoded(db.id)}/pictures/${index}/small.jpg?v=${db.version}`;
export const figureAddress = (id, name) => `api/explanations/${id}/figure/${name}`;

export const fileAddress = (id, name) => `api/explanations/${id}/files/${name}`;

export const question = (db, body, signal) => json(`api/databases/${encoded(db)}/explanations`, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
});

/* The labels that the matches of an answer carry: two bytes for each, the original class and the network's; null where they have none. */
export const labels = async (id) => {
  try {
    return new Uint8Array(await (await ask(`api/explanations/${id}/labels`)).arrayBuffer());
  } catch {
    return null;
  }
};

/* How far training cells are from each other; null where that is not known. */
export const references = (db, { layer, hyperpatch, distance }) =>
  json(`api/databases/${encoded(db.id)}/references?${new URLSearchParams({ layer, hyperpatch, distance })}`).catch(() => null);

/* The output of another question, as bytes of its pixels; asked beside what the page asks, so that it ends nothing. */
export async function composition(db, body, signal) {
  const aside = { "X-Client": `${CLIENT}-aside` };
  const { id } = await json(`api/databases/${encoded(db)}/explanations`, {
    method: "POST", headers: { "Content-Type": "application/json", ...aside }, body: JSON.stringify(body), signal,
  });
  const made = await canvas(id, "output", signal);
  return made.getContext("2d").getImageData(0, 0, made.width, made.height).data;
}

/* Suspected labels (suspects), or training pictures behind wrong pixels (culprits). */
export const queue = (db, kind) => json(`api/databases/${encoded(db.id)}/${kind}`);
export const exportAddress = (db, format) => `api/databases/${encoded(db.id)}/review/export/${format}`;

/* What was decided about labels and pictures, by whom. */
export const review = (db) => json(`api/databases/${encoded(db.id)}/review`);
export const decide = (db, decision) => json(`api/databases/${encoded(db.id)}/review`, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(decision),
});

export const work = () => json("api/work");
export const cancel = () => ask("api/work", { method: "DELETE" });

/* Keeps a picture on the server; returns its id, and how many pictures there are by now. */
export async function upload(file, limits) {
  if (file.size > limits.bytes) {
    throw new Refused(413, `${file.name}: expected a picture of at most ${limits.bytes >> 20} MiB, found ${Math.ceil(file.size / (1 << 20))} MiB; scale it down`);
  }
  if (!["image/png", "image/jpeg"].includes(file.type)) {
    throw new Refused(415, `${file.name || "that"}: expected a PNG or JPEG picture, found ${file.type || "something else"}; convert it`);
  }
  try {
    return await json("api/uploads", { method: "POST", headers: { "Content-Type": file.type }, body: file });
  } catch (error) {
    throw error instanceof Refused && error.status ? new Refused(error.status, `${file.name}: ${error.message}`) : error;
  }
}

/* A picture of an explanation, on a canvas, its colours as stored. */
async function canvas(id, name, signal) {
  const blob = await (await ask(`api/explanations/${id}/pictures/${name}.png`, { signal })).blob();
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none" });
  const made = readable(bitmap);
  bitmap.close();
  return made;
}

/* The picture of an answer as finely as its file has it; null where that can no longer be had. */
async function photo(id) {
  try {
    return await createImageBitmap(await (await ask(`api/explanations/${id}/photo.jpg`)).blob());
  } catch {
    return null;
  }
}

/* The training pictures of a database, as a viewer asks for them. */
export const galleryOf = (db) => ({
  exemplars: db.exemplars,
  address: (index, kind, scale = null) => {
    if (kind === "original" && !db.exemplars[index].target) return null;
    const range = scale && kind !== "input" ? `&low=${scale.low}&high=${scale.high}` : "";
    return exemplarAddress(db, index, `${kind}.png`) + range;
  },
  missing: "none",
});

/* Everything that belongs to an answer. */
export async function result(db, gallery, answer, signal) {
  const names = ["input", "network", "output", "reconstruction", ...(answer.truth ? ["truth"] : []), ...(answer.other ? ["other"] : [])];
  const [bytes, ...canvases] = await Promise.all([
    ask(`api/explanations/${answer.id}/field`, { signal }).then((response) => response.arrayBuffer()),
    ...names.map((name) => canvas(answer.id, name, signal)),
  ]);
  const pictures = Object.fromEntries(names.map((name, i) => [name, canvases[i]]));
  const made = new Result({ answer, field: new Field(bytes), pictures, gallery, classes: db.classes });
  /* Nobody waits for it. */
  if (answer.photo) made.photo = photo(answer.id);
  return made;
}
