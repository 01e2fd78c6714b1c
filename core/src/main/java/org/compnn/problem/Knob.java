package org.compnn.problem;

/**
 * What a person can turn or call to mend something: a setting of the library or one of its tasks. A
 * message says in plain words what is wrong; the knob lets a front end add its own name for the
 * remedy, such as a flag of a command line or a control of a page.
 */
public enum Knob {
  /** Rows and columns of a network's input. */
  SIZE,
  /** The windows that a network is run at, one after another. */
  TILE,
  /** How much of neighbouring windows is the same. */
  TILE_OVERLAP,
  /** What a network reads besides the picture. */
  INPUT,
  /** How pictures are resized. */
  RESAMPLE,
  /** What a pixel's value is multiplied by. */
  SCALE,
  /** What is then taken off. */
  MEAN,
  /** What the rest is divided by. */
  STD,
  /** What a network's output means. */
  TASK,
  /** The classes' names. */
  CLASSES,
  /** The label of unlabelled pixels. */
  IGNORED,
  /** Above it a single score means class 1. */
  THRESHOLD,
  /** The numbers of black and full brightness. */
  RANGE,
  /** The graph's output to explain. */
  OUTPUT,
  /** What one run of a network may take. */
  NETWORK_TIMEOUT,
  /** What the numbers of target files are multiplied by. */
  TARGET_SCALE,
  /** At which size an output coarser than the picture is shown. */
  OUTPUT_SIZE,
  /** How a data set lies on disk. */
  LAYOUT,
  /** Which half of a side-by-side pair is the input. */
  DIRECTION,
  /** Whether pairs that cannot be read are left out. */
  SKIP_BROKEN,
  /** The layers to index or to go through. */
  LAYERS,
  /** The layer to match. */
  LAYER,
  /** Whose labels are pasted. */
  LABELS,
  /** Cells along the side of what is matched. */
  HYPERPATCH,
  /** How cells are compared. */
  DISTANCE,
  /** How wrong pixels are shared among matches. */
  WEIGH,
  /** Matches kept for each cell. */
  TOP_K,
  /** What becomes of overlapping patches. */
  OVERLAP,
  /** What the field search spends. */
  QUALITY,
  /** Whether a picture's own exemplar may match it. */
  LEAVE_ONE_OUT,
  /** Exemplars around that one that may not match either. */
  EXCLUDE_NEIGHBOURS,
  /** How matches are found. */
  SEARCH,
  /** Seconds that a search may take. */
  TIME_BUDGET,
  /** Cells that are searched for exactly, to see how good the search was. */
  CHECK,
  /** The exemplars that alone may match. */
  ONLY,
  /** The exemplars that may not. */
  WITHOUT,
  /** The shards of a set that are left out. */
  WITHOUT_SHARD,
  /** Exemplars that are dropped to see whether the answer changes. */
  VERIFY_BY_REMOVAL,
  /** Whether what lies in a folder is replaced. */
  FORCE,
  /** Putting other pictures or labels in the place of a database's. */
  REPLACE,
  /** The address that a server listens at. */
  HOST,
  /** The port that it listens at. */
  PORT,
  /** Listing a network's layers. */
  LIST_LAYERS,
  /** Indexing a data set, or going on with it. */
  INDEX,
  /** Indexing a data set from the beginning, in the place of what is there. */
  REINDEX,
  /** Checking every byte of a database. */
  VERIFY
}
