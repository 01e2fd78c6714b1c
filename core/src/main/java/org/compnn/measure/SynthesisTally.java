package org.compnn.measure;

import java.util.List;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/**
 * Synthesis metrics over many pictures: the means of the pictures' own, undefined ones left out.
 */
public final class SynthesisTally implements Tally {
  private final PictureMeans means = new PictureMeans(3);

  /** An empty tally. */
  public SynthesisTally() {}

  @Override
  public void add(String picture, Raster reference, Raster answer) {
    if (!(reference instanceof Picture expected) || !(answer instanceof Picture given)) {
      throw new IllegalArgumentException(picture + ": pictures are measured here, not label maps");
    }
    Synthesis each = Synthesis.of(expected, given);
    means.add(picture, each.l1(), each.psnr(), each.ssim());
  }

  @Override
  public List<Column> columns() {
    return List.of(
        new Column("l1", "L1 (0..1)", "", 4),
        new Column("psnr", "PSNR (dB)", "", 2),
        new Column("ssim", "SSIM", "", 3));
  }

  @Override
  public List<Estimate> estimates() {
    return means.estimates();
  }

  @Override
  public List<PictureScore> perPicture() {
    return means.perPicture();
  }
}
