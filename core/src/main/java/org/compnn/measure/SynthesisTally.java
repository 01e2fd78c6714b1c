package org.compnn.measure;

import java.util.ArrayList;
import java.util.List;
import org.compnn.image.Picture;
import org.compnn.image.Raster;

/**
 * Synthesis metrics over many pictures: the means of the pictures' own, undefined ones left out.
 */
public final class SynthesisTally implements Tally {
  private final List<String> names = new ArrayList<>();
  private final List<Synthesis> metrics = new ArrayList<>();

  /** An empty tally. */
  public SynthesisTally() {}

  @Override
  public void add(String picture, Raster reference, Raster answer) {
    if (!(reference instanceof Picture expected) || !(answer instanceof Picture given)) {
      throw new IllegalArgumentException(picture + ": pictures are measured here, not label maps");
    }
    metrics.add(Synthesis.of(expected, given));
    names.add(picture);
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
    return Bootstrap.estimates(
        metrics.size(),
        drawn -> {
          Mean l1 = new Mean();
          Mean psnr = new Mean();
          Mean ssim = new Mean();
          for (int picture : drawn) {
            l1.addDefined(metrics.get(picture).l1());
            psnr.addDefined(metrics.get(picture).psnr());
            ssim.addDefined(metrics.get(picture).ssim());
          }
          return new double[] {l1.value(), psnr.value(), ssim.value()};
        });
  }

  @Override
  public List<PictureScore> perPicture() {
    List<PictureScore> scores = new ArrayList<>(metrics.size());
    for (int i = 0; i < metrics.size(); i++) {
      Synthesis each = metrics.get(i);
      scores.add(new PictureScore(names.get(i), List.of(each.l1(), each.psnr(), each.ssim())));
    }
    return scores;
  }
}
