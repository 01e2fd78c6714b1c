package org.compnn.report;

import java.util.BitSet;
import org.compnn.image.LabelMap;
import org.compnn.image.Picture;
import org.compnn.image.Raster;
import org.compnn.image.Resample;
import org.compnn.image.Resize;
import org.compnn.measure.Difference;
import org.compnn.network.Frame;
import org.compnn.study.JudgedPicture;
import org.compnn.study.Judgement;
import org.compnn.study.Matched;

/** A photograph in small, with what the network gets wrong of it drawn on. */
public final class ErrorPicture {
  private static final int COLOUR = 0xD55E00;
  private static final double TINT = 0.55;

  /** Differences of pictures from this share of the range on are tinted in full. */
  private static final double FULL = 0.5;

  private ErrorPicture() {}

  /** The photograph alone, as much of it as the network saw, in its own proportions. */
  public static Picture plain(Picture input, Frame frame, int mostWidth) {
    Frame.Region held = frame.held(input.height(), input.width());
    Picture cut = (Picture) held.cut(input);
    double high = (double) cut.height() * frame.picture().height() / frame.resized().height();
    double wide = (double) cut.width() * frame.picture().width() / frame.resized().width();
    int width = Math.max(1, (int) Math.min(mostWidth, Math.round(wide)));
    int height = Math.max(1, (int) Math.round(width * high / wide));
    return Resize.picture(cut, height, width, Resample.BILINEAR);
  }

  /**
   * Wrong pixels tinted, their borders drawn; of pictures and values the more the farther off.
   *
   * @param mostWidth columns, at the most
   */
  public static Picture of(Matched matched, Judgement judgement, int mostWidth) {
    return of(JudgedPicture.of(matched, judgement), mostWidth);
  }

  /** The same. */
  public static Picture of(JudgedPicture matched, int mostWidth) {
    Judgement judgement = matched.judgement();
    Picture plain = plain(matched.input(), matched.frame(), mostWidth);
    byte[] rgb = plain.rgb().clone();
    Frame.Region held = matched.frame().held(judgement.height(), judgement.width());
    BitSet wrong = judgement.mask().pixels();
    boolean labels = matched.output() instanceof LabelMap;
    int[] there = new int[plain.height() * plain.width()];
    for (int pixel = 0; pixel < there.length; pixel++) {
      int down = pixel / plain.width();
      int across = pixel % plain.width();
      int row = (int) ((down + 0.5) * held.height() / plain.height());
      int column = (int) ((across + 0.5) * held.width() / plain.width());
      there[pixel] = (held.top() + row) * judgement.width() + held.left() + column;
    }
    for (int pixel = 0; pixel < there.length; pixel++) {
      if (!wrong.get(there[pixel])) {
        continue;
      }
      double strength =
          labels
              ? border(pixel, there, plain.width(), wrong) ? 1 : TINT
              : TINT * Math.min(1, share(matched, judgement, there[pixel]) / FULL);
      for (int channel = 0; channel < 3; channel++) {
        int colour = COLOUR >> (16 - 8 * channel) & 0xff;
        int was = rgb[3 * pixel + channel] & 0xff;
        rgb[3 * pixel + channel] = (byte) Math.round(was + (colour - was) * strength);
      }
    }
    return new Picture(plain.height(), plain.width(), rgb);
  }

  private static double share(JudgedPicture matched, Judgement judgement, int pixel) {
    Raster truth = matched.truth().orElse(matched.output());
    double off = Difference.between(truth, pixel, matched.output(), pixel);
    double mean = judgement.error().orElse(0);
    return matched.output() instanceof Picture ? off : mean > 0 ? FULL : 0;
  }

  private static boolean border(int pixel, int[] there, int width, BitSet wrong) {
    int column = pixel % width;
    return (column > 0 && !wrong.get(there[pixel - 1]))
        || (column + 1 < width && !wrong.get(there[pixel + 1]))
        || (pixel >= width && !wrong.get(there[pixel - width]))
        || (pixel + width < there.length && !wrong.get(there[pixel + width]));
  }
}
