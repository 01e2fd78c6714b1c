/* Which pictures were asked about since the page was opened, and what each took from every training picture. */

const MOST = 40;
const asked = new Map();

const key = (db, query) => `${db.id} ${db.version} ${query}`;

/* Remembers a result of a side; a picture that is explained anew takes the place of what it used before. */
export function remember(db, query, result, side = "") {
  const name = key(db, query + side);
  asked.delete(name);
  const given = new Map(result.account().map((entry) => [entry.exemplar, entry]));
  asked.set(name, { db: db.id, query, name: result.name + side, given, grid: result.exemplarGrid });
  if (asked.size > MOST) asked.delete(asked.keys().next().value);
}

/* The pictures that used a training picture: query, name, grid, and the `entry` of what it gave; those that used it most first. */
export function uses(db, exemplar) {
  return [...asked.values()]
    .filter((each) => each.db === db.id && each.given.has(exemplar))
    .map(({ query, name, given, grid }) => ({ query, name, grid, entry: given.get(exemplar) }))
    .sort((a, b) => b.entry.share - a.entry.share);
}

/* How many pictures of a database were asked about. */
export const count = (db) => [...asked.values()].filter((each) => each.db === db.id).length;
