package org.compnn.server;

import java.util.Optional;
import org.compnn.report.ErrorPicture;
import org.compnn.study.Judgement;
import org.compnn.study.Matched;
import org.compnn.study.References;
import org.compnn.viewer.JudgementView;

/**
 * Judges single pictures and keeps what comes of it. A picture that is judged before the {@link
 * MeasuredReferences} are known has a provisional judgement, and is judged again by them without
 * another search. Safe for many threads.
 */
final class PictureJudging {
  /** Columns of the small pictures. */
  static final int SMALL = 320;

  private final ServedDatabase served;
  private final JudgedFiles files;
  private final MeasuredReferences references;

  PictureJudging(ServedDatabase served, JudgedFiles files, MeasuredReferences references) {
    this.served = served;
    this.files = files;
    this.references = references;
  }

  /** A picture that is judged, but for the references. */
  record Provisional(JudgedSet set, int number, Matched matched, String content) {}

  /** Runs, matches and judges a picture; it is given back if it is to be judged again. */
  Optional<Provisional> judge(JudgedSet set, int number) {
    JudgedSource.Read read = set.source().match(references.judge(), number);
    return keep(new Provisional(set, number, read.matched(), read.content()));
  }

  /** Judges a picture that is matched; it is given back if it is to be judged again. */
  Optional<Provisional> keep(Provisional picture) {
    JudgedSet set = picture.set();
    int number = picture.number();
    Optional<References> known = references.known();
    Judgement judgement =
        references.judge().judge(picture.matched(), known.orElse(References.UNKNOWN));
    JudgementView view =
        JudgementView.of(
            judgement,
            number,
            set.source().tags(number),
            known.isEmpty(),
            served.compnn().palette());
    files.writeSmall(set, number, ErrorPicture.of(picture.matched(), judgement, SMALL));
    if (known.isPresent()) {
      files.write(set, view, judgement, picture.content());
    }
    set.add(view.summary(), true);
    return known.isPresent() ? Optional.empty() : Optional.of(picture);
  }

  /** Whether a picture of the data set is still the one that was judged. */
  boolean isCurrent(JudgedSet set, int number) {
    return files.isOf(set, number, served.pairs().get(number).read());
  }
}
