package org.compnn.viewer;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.compnn.image.Palette;
import org.compnn.study.Blame;
import org.compnn.study.Judgement;
import org.compnn.study.Judgement.Doubt;

/** A judgement in sentences that a manager understands and an engineer can check. */
public final class VerdictWords {
  private VerdictWords() {}

  /** What a cause means. */
  public static String meaning(Blame.Cause cause) {
    return switch (cause) {
      case TAUGHT -> "most matched training pixels carry the same wrong label";
      case UNLEARNED -> "the network gives matched training pixels the same wrong label, too";
      case NOVEL -> "farther from the training set than 99 % of its own cells are";
      case AMBIGUOUS -> "the matched training pixels disagree";
      case UNEXPLAINED -> "most matched training pixels say something else";
    };
  }

  /** Why something is not to be trusted. */
  public static String meaning(Doubt doubt) {
    return switch (doubt) {
      case RECALL -> "the search finds too few of the nearest matches";
      case UNFAMILIAR -> "unlike anything in the training set";
      case AGREEMENT -> "the network says something else of the best matches than it does here";
    };
  }

  /** A picture in words. */
  public static String of(Judgement judgement, Palette palette) {
    StringBuilder words = new StringBuilder();
    if (judgement.error().isEmpty()) {
      words.append("What is right is not known.");
    } else if (palette.size() == 0) {
      words.append(
          String.format(
              Locale.ROOT,
              "Off by %s of the range on average.",
              percent(judgement.error().getAsDouble())));
    } else if (judgement.wrong() == 0) {
      words.append("All labelled pixels are right.");
    } else {
      words.append(percent((double) judgement.wrong() / judgement.labelled()) + " wrong");
      judgement.confusions().stream()
          .findFirst()
          .ifPresent(
              most ->
                  words.append(
                      ", most often %s that should be %s (%s of it)"
                          .formatted(
                              palette.name(most.given()),
                              palette.name(most.truth()),
                              percent((double) most.pixels() / judgement.wrong()))));
      words.append(".");
    }
    if (judgement.wrong() > 0) {
      Map.Entry<Blame.Cause, Long> most =
          judgement.causes().entrySet().stream()
              .max(
                  Map.Entry.<Blame.Cause, Long>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
              .orElseThrow();
      words.append(
          " Mostly %s (%s): %s."
              .formatted(
                  JudgementView.word(most.getKey()),
                  percent((double) most.getValue() / judgement.wrong()),
                  meaning(most.getKey())));
    }
    words.append(familiar(judgement.distance(), judgement.doubts(), "median distance"));
    words.append(distrust(judgement.doubts()));
    return words.toString();
  }

  /** A wrong region in words. */
  public static String of(Judgement.Region region, Palette palette) {
    StringBuilder words = new StringBuilder();
    if (region.given() == Judgement.NO_CLASS) {
      words.append("Off by far.");
    } else {
      words.append(
          "%s, should be %s."
              .formatted(capital(palette.name(region.given())), palette.name(region.truth())));
    }
    words.append(
        " %s: %s.".formatted(capital(JudgementView.word(region.cause())), meaning(region.cause())));
    words.append(familiar(region.distance(), region.doubts(), "distance"));
    List<Judgement.Source> sources = region.sources();
    if (!sources.isEmpty()) {
      words.append(
          region.given() == Judgement.NO_CLASS
              ? " Matched training pictures: "
              : carrying(region, palette.name(region.given())));
      words.append(
          sources.stream()
              .filter(
                  source ->
                      region.given() == Judgement.NO_CLASS
                          || source.label() == region.given()
                          || none(region))
              .limit(3)
              .map(source -> source.id() + " (" + percent(source.share()) + ")")
              .collect(Collectors.joining(", ")));
      words.append(".");
    }
    return words.append(distrust(region.doubts())).toString();
  }

  private static boolean none(Judgement.Region region) {
    return region.sources().stream().noneMatch(source -> source.label() == region.given());
  }

  private static String carrying(Judgement.Region region, String label) {
    long carrying =
        region.sources().stream().filter(source -> source.label() == region.given()).count();
    return carrying == 0
        ? String.format(
            Locale.ROOT,
            " None of %d matched training pictures carries the label %s: ",
            region.sources().size(),
            label)
        : String.format(
            Locale.ROOT,
            " %d of %d matched training pictures carr%s the label %s: ",
            carrying,
            region.sources().size(),
            carrying == 1 ? "ies" : "y",
            label);
  }

  private static String familiar(OptionalInt percentile, List<Doubt> doubts, String what) {
    if (percentile.isEmpty()) {
      return "";
    }
    return " %s (%s at the %s percentile of training cells)."
        .formatted(
            doubts.contains(Doubt.UNFAMILIAR) ? "Unfamiliar" : "Familiar",
            what,
            ordinal(percentile.getAsInt()));
  }

  private static String distrust(List<Doubt> doubts) {
    return doubts.isEmpty()
        ? ""
        : " Do not rely on it: "
            + doubts.stream().map(VerdictWords::meaning).collect(Collectors.joining("; "))
            + ".";
  }

  private static String capital(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String percent(double share) {
    double percent = 100 * share;
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
  }

  static String ordinal(int number) {
    int tens = number % 100;
    String end =
        tens >= 11 && tens <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + end;
  }
}
