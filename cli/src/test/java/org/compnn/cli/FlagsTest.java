package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.compnn.problem.Knob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

final class FlagsTest {
  private static final Collection<CommandLine> COMMANDS =
      Main.commandLine().getSubcommands().values();

  @ParameterizedTest
  @EnumSource
  void everyKnobIsAFlagOrACommandThatThereIs(Knob knob) {
    Collection<CommandLine> commands = COMMANDS;
    Set<String> there =
        commands.stream()
            .flatMap(c -> c.getCommandSpec().optionsMap().keySet().stream())
            .collect(Collectors.toCollection(HashSet::new));
    commands.forEach(c -> there.add("compnn " + c.getCommandName()));
    String name = Flags.remedy(knob);
    int flag = name.indexOf("--");
    if (flag != 0) {
      assertThat(there).contains(flag < 0 ? name : name.substring(0, flag - 1));
    }
    if (flag >= 0) {
      assertThat(there).contains(name.substring(flag).split(" ", -1)[0]);
    }
  }

  @Test
  void aFlagOfACommandFollowsItAndOthersStandApart() {
    assertThat(Flags.hint(List.of())).isEmpty();
    assertThat(Flags.hint(List.of(Knob.INDEX, Knob.LAYERS))).isEqualTo(" (compnn index --layers)");
    assertThat(Flags.hint(List.of(Knob.REINDEX, Knob.VERIFY)))
        .isEqualTo(" (compnn index --force, compnn verify)");
    assertThat(Flags.hint(List.of(Knob.ONLY, Knob.WITHOUT))).isEqualTo(" (--only, --without)");
  }
}
