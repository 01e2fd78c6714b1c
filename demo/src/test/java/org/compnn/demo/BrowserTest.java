package org.compnn.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class BrowserTest {
  @Test
  void aPageIsOpenedOnlyWhereThereIsAScreenAndAPerson() {
    assertThat(Browser.command("Linux", Map.of())).isEmpty();
    assertThat(Browser.command("Linux", Map.of("DISPLAY", ":0"))).containsExactly("xdg-open");
    assertThat(Browser.command("Linux", Map.of("WAYLAND_DISPLAY", "w"))).isNotEmpty();
    assertThat(Browser.command("Linux", Map.of("DISPLAY", ":0", "CI", "true"))).isEmpty();
    assertThat(Browser.command("Mac OS X", Map.of())).containsExactly("open");
    assertThat(Browser.command("Windows 11", Map.of())).first().isEqualTo("rundll32");
  }
}
