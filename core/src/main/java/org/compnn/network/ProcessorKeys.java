package org.compnn.network;

import java.util.Set;
import org.compnn.problem.UserError;

/** Refuses what a {@code preprocessor_config.json} asks for and is not done here. */
final class ProcessorKeys {
  /** What is honoured, and what changes nothing about a picture in red, green and blue. */
  private static final Set<String> KNOWN =
      Set.of(
          "do_resize",
          "do_rescale",
          "do_normalize",
          "do_center_crop",
          "do_pad",
          "do_reduce_labels",
          "do_flip_channel_order",
          "do_convert_rgb");

  private ProcessorKeys() {}

  static void check(Configuration said) {
    said.text("refused")
        .ifPresent(
            why -> {
              throw new UserError(
                  "%s: %s cannot be honoured, since %s; write a preprocessor_config.json with the size, mean and deviation that come nearest"
                      .formatted(said.path(), said.type().orElse("this class"), why));
            });
    for (String key : said.keys()) {
      if (key.startsWith("do_") && !KNOWN.contains(key) && said.isTrue(key)) {
        throw new UserError(
            "%s: \"%s\" is not known here and would be left out; take it out of the file if the network does without"
                .formatted(said.path(), key));
      }
    }
  }
}
