/* Numbers as people read them. */

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/* Three digits that matter. */
export const round = (value) =>
  !Number.isFinite(value) ? "–" : value === 0 ? "0" : Number(value.toPrecision(3)).toString();

/* With a decimal below ten, or with so many as are asked for. */
export const percent = (share, decimals = share >= 0.0995 ? 0 : 1) => `${(100 * share).toFixed(decimals)} %`;

/* How many of a thing, with its name in the right number. */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const milliseconds = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`);

/*
 * What an exemplar gave, the same in all places: the query's cells that match it best, their share, and how many
 * different cells of its own they come from.
 */
export const given = ({ cells, share, from }) => `${counted(cells, "cell")} (${percent(share)}) from ${counted(from.size, "training cell")}`;
