/* The causes of wrong pixels, as `compnn blame` names them, in the order in which they are counted. */

export const CAUSES = {
  taught: {
    colour: "#d55e00", name: "Taught",
    meaning: "Most of the matched training cells carry the same wrong label. The network does as it was taught: look at these labels.",
  },
  unlearned: {
    colour: "#e69f00", name: "Unlearned",
    meaning: "The network gives most of the matched training cells the same wrong label, although their own labels say otherwise. It did not learn what it was shown: more or clearer examples may help, or longer training.",
  },
  novel: {
    colour: "#cc79a7", name: "Novel",
    meaning: "Nothing in training is near: the best match is farther than 99 of 100 training cells are from each other. Such pictures are missing from the training set.",
  },
  ambiguous: {
    colour: "#56b4e9", name: "Ambiguous",
    meaning: "The matched training cells disagree. Classes look alike here, or labels are drawn inconsistently.",
  },
  unexplained: {
    colour: "#009e73", name: "Unexplained",
    meaning: "Most matched training cells say something else than the network does here. Its last layers decide this, not what it was shown.",
  },
};

export const CAUSE_NAMES = Object.keys(CAUSES);
