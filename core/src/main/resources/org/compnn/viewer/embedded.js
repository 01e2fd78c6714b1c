/* Explanations that a page holds within, with all that they need. */

import { Field } from "./field.js";
import { load, readable } from "./pictures.js";
import { Result } from "./result.js";

/* `gallery` is as Result has it; `classes` are those of the network's output, if it labels. */
export async function resultOf({ explanation, input, field, pictures }, gallery, classes) {
  const canvases = Object.entries(pictures).map(async ([name, source]) => [name, readable(await load(source))]);
  return new Result({
    answer: { explanation, input }, field: Field.ofText(field), pictures: Object.fromEntries(await Promise.all(canvases)), gallery, classes,
  });
}
