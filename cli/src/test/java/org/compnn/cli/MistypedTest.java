package org.compnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MistypedTest {
  private static List<String> said(String... words) {
    StringWriter err = new StringWriter();
    var commandLine = Main.commandLine(words);
    commandLine.setErr(new PrintWriter(err));
    assertThat(commandLine.execute(words)).isEqualTo(2);
    return err.toString().lines().toList();
  }

  @Test
  void aMistypedCommandNamesWhatWasMeant() {
    assertThat(said("explian", "a.db", "--top-k", "3"))
        .containsExactly(
            "compnn: 'explian' is no command; did you mean 'explain'?", "See 'compnn --help'.");
    assertThat(said("trian").getFirst()).contains("did you mean 'train'?");
  }

  @Test
  void aWordThatIsLikeNoneListsADozenThatAreThere() {
    assertThat(said("xyzzy").getFirst())
        .startsWith("compnn: 'xyzzy' is no command; the closest are '")
        .endsWith(" more")
        .contains("'explain'");
  }

  @Test
  void aMistypedOptionNamesWhatWasMeant() {
    assertThat(said("explain", "a.db", "x.png", "--out", "o", "--hyperptach=3"))
        .containsExactly(
            "compnn: Unknown option: '--hyperptach'; did you mean '--hyperpatch'?",
            "See 'compnn explain --help'.");
    assertThat(said("verify", "a.db", "-x")).hasSize(2);
  }
}
