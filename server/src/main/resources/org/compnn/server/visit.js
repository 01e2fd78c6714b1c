/* Which pictures were asked about since the page was opened, and what each took from every training picture. */

const MOST = 40;
const asked = new Map();

const key = (db, query) => `${db.id} ${db.version} ${query}`;

/* Remembers a result of a side; a picture that is explained anew takes the place of what it used before. */
export function remember(db, query, result, side = "") {
  const name = key(db, query + side);
  asked.delete(name);
  asked.set(name, { db: db.id, query, name: result.name + side, used: result.used, shares: result.byPlace, grid: result.exemplarGrid });
  if (asked.size > MOST) asked.delete(asked.keys().next().value);
}

/* The pictures that used a training picture: name, share of their cells, cells, grid; those that used it most first. */
export function uses(db, place) {
  return [...asked.values()]
    .filter((each) => each.db === db.id && each.used.has(place))
    .map((each) => ({ query: each.query, name: each.name, share: each.shares.get(place)?.share ?? 0, cells: each.used.get(place), grid: each.grid }))
    .sort((a, b) => b.share - a.share);
}

/* How many pictures of a database were asked about. */
export const count = (db) => [...asked.values()].filter((each) => each.db === db.id).length;
