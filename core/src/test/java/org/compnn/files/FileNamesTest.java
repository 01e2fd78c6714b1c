package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileNamesTest {
  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "0016E5_07961.png, 0016E5_07961.png",
    "'CompNN, original labels', CompNN-original-labels",
    "/enc/1/relu, enc-1-relu",
    "../../etc/passwd, etc-passwd",
    "what?!, what",
    "--force, force",
    "ends with a point., ends-with-a-point",
    "straße 東京, straße-東京",
    "_MG_1234, _MG_1234",
    "'', unnamed",
    "..., unnamed",
    "?, unnamed"
  })
  void whatFileSystemsDoNotLikeIsReplaced(String name, String safe) {
    assertThat(FileNames.safe(name)).isEqualTo(safe);
  }

  @Test
  void aNameOfManyCharactersIsCutWhereNoCharacterIsBroken() {
    assertThat(FileNames.safe("a".repeat(300))).isEqualTo("a".repeat(100));
    assertThat(FileNames.safe("東".repeat(300))).isEqualTo("東".repeat(33));
    assertThat(FileNames.safe("𝒜".repeat(300)).getBytes(StandardCharsets.UTF_8)).hasSize(100);
  }

  @Test
  void noTwoNamesAreAlikeNotEvenWhereCapitalsDoNotCount() {
    FileNames names = new FileNames("Report.html");
    assertThat(names.unique("a/b")).isEqualTo("a-b");
    assertThat(names.unique("a:b")).isEqualTo("a-b-2");
    assertThat(names.unique("A-B")).isEqualTo("A-B-3");
    assertThat(names.unique("report.html")).isEqualTo("report.html-2");
    assertThat(names.unique("", "picture")).isEqualTo("picture");
    assertThat(names.unique("..", "picture")).isEqualTo("picture-2");
  }
}
