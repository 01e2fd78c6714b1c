package org.compnn.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.compnn.network.Network;
import org.compnn.network.Preprocessing;
import org.compnn.problem.Knob;
import org.compnn.study.TrainingCheck;

/** What a command tells besides its result, on standard error. */
final class Notes {
  private Notes() {}

  /** What nobody said about a network, a line for each. */
  static void assumed(Voice voice, Network network) {
    network
        .assumptions()
        .forEach(
            each ->
                voice.aside(
                    "Assumed: "
                        + each.what()
                        + each.knob().map(knob -> " (" + Flags.of(knob) + ")").orElse("")));
  }

  /** How well the network answers a sample of the training set. */
  static void checked(Voice voice, Network network, Optional<TrainingCheck> check) {
    check.ifPresent(
        found -> {
          found.lines().forEach(line -> voice.aside("Check: " + line));
          found
              .better()
              .ifPresent(
                  better ->
                      voice.aside("Check: try " + flags(better.how(), network.preprocessing())));
        });
  }

  private static String flags(Preprocessing how, Preprocessing own) {
    String flags =
        "%s %s %s %s %s %s"
            .formatted(
                Flags.of(Knob.SCALE),
                number(how.scale()),
                Flags.of(Knob.MEAN),
                numbers(how.mean()),
                Flags.of(Knob.STD),
                numbers(how.deviation()));
    return how.flipped() == own.flipped()
        ? flags
        : flags
            + ", with \"do_flip_channel_order\": "
            + how.flipped()
            + " in preprocessor_config.json";
  }

  private static String numbers(List<Double> numbers) {
    List<Double> each = numbers.stream().distinct().count() == 1 ? numbers.subList(0, 1) : numbers;
    return each.stream().map(Notes::number).collect(Collectors.joining(","));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.7g", value).replaceAll("0+$", "");
  }
}
