package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.compnn.viewer.Page;
import org.junit.jupiter.api.Test;

final class ResourceTest {
  @Test
  void aFileOfTheProgramIsFoundBesideItsPackage() {
    String text = Resource.text(Page.class, "viewer.css");
    assertThat(text).contains("{");
    assertThat(Resource.bytes(Page.class, "viewer.css"))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Resource.text(Resource.class, "none.css"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the program lacks its own file none.css");
  }
}
