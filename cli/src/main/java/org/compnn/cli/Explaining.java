package org.compnn.cli;

import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** A command that explains, and so has the flags of {@link SettingArguments}. */
interface Explaining {
  SettingArguments settings();

  /** Gives a command these flags. */
  final class Flagged implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
      ((Explaining) spec.userObject()).settings().addTo(spec);
      return spec;
    }
  }
}
