package org.compnn.dataset;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.compnn.image.LabelMap;
import org.compnn.image.Palette;
import org.compnn.image.Picture;
import org.compnn.image.StoredPicture;
import org.compnn.problem.UserError;

/**
 * What the numbers in a data set's label pictures mean, as far as one picture alone cannot tell.
 *
 * @param grey how pictures in colour are read whose three channels are equal
 * @param mask whether 255 is class 1: two classes, and 0 and 255 alone in the masks
 */
record LabelCoding(Grey grey, boolean mask) {
  /** Nothing is known but the picture itself. */
  static final LabelCoding EACH = new LabelCoding(Grey.BY_PICTURE, false);

  /** Pictures looked at before it is settled what the numbers mean. */
  private static final int ENOUGH = 256;

  /** Pictures looked at where only equal channels have to be told from colours. */
  private static final int FEW = 24;

  private static final int FOREGROUND = 255;

  /** What pictures in colour with three equal channels hold. */
  enum Grey {
    /** Colours of the palette, some of which are grey. */
    COLOURS,
    /** Class indices, three times. */
    INDICES,
    /** Colours where the palette explains them, else indices. */
    BY_PICTURE
  }

  /** Looks at label pictures, evenly spread, until it is clear how they are to be read. */
  static LabelCoding of(List<? extends StoredLabels> pairs, TargetFormat.Labels format) {
    boolean two = format.palette().size() == 2 && format.ignored().isEmpty() && !format.reduced();
    Seen seen = new Seen(format.palette());
    int looked = 0;
    for (int index : spread(pairs.size())) {
      if (looked >= FEW && (!two || seen.noMask() || (looked >= ENOUGH && seen.isMask()))) {
        break;
      }
      seen.look(pairs.get(index));
      looked++;
    }
    return new LabelCoding(seen.grey(), two && seen.isMask());
  }

  /** All indices, such that the first ones are spread over all. */
  private static List<Integer> spread(int count) {
    List<Integer> order = new ArrayList<>(count);
    BitSet taken = new BitSet(count);
    for (int steps = 1; order.size() < count; steps = Math.min(count, steps * 4)) {
      for (int i = 0; i < steps; i++) {
        int index = (int) ((long) i * count / steps);
        if (!taken.get(index)) {
          taken.set(index);
          order.add(index);
        }
      }
    }
    return order;
  }

  /** What was seen so far. */
  private static final class Seen {
    private final Palette palette;
    private final BitSet numbers = new BitSet(256);
    private final BitSet greys = new BitSet(256);
    private boolean coloured;

    Seen(Palette palette) {
      this.palette = palette;
    }

    void look(StoredLabels pair) {
      try {
        pair.stored().ifPresent(this::look);
      } catch (UserError e) {
        // Whoever reads the pair says what is wrong with it.
      }
    }

    private void look(StoredPicture stored) {
      if (stored.isIndexed() && stored.inexact().isEmpty()) {
        add(stored.indices(), numbers);
        return;
      }
      Picture picture = stored.picture();
      Optional<LabelMap> equal = GreyLabels.channels(picture);
      if (equal.isEmpty()) {
        coloured = true;
      } else if (stored.inexact().isEmpty()) {
        add(equal.get(), greys);
      } else {
        GreyLabels.mask(equal.get()).ifPresent(mask -> add(mask, numbers));
      }
    }

    private static void add(LabelMap labels, BitSet to) {
      for (byte label : labels.classes()) {
        to.set(label & 0xff);
      }
    }

    Grey grey() {
      if (coloured) {
        return Grey.COLOURS;
      }
      if (greys.length() <= 1) {
        return Grey.BY_PICTURE;
      }
      return GreyLabels.areColours(greys, palette) ? Grey.COLOURS : Grey.INDICES;
    }

    private BitSet indices() {
      BitSet all = (BitSet) numbers.clone();
      if (grey() == Grey.INDICES) {
        all.or(greys);
      }
      return all;
    }

    boolean isMask() {
      BitSet all = indices();
      return all.cardinality() == 2 && all.get(0) && all.get(FOREGROUND);
    }

    boolean noMask() {
      int above = indices().nextSetBit(1);
      return above >= 0 && above < FOREGROUND;
    }
  }
}
