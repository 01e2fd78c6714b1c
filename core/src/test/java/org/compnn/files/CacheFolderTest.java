package org.compnn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CacheFolderTest {
  @Test
  void whatTheUserSetsComesBeforeTheHome() {
    assertThat(CacheFolder.candidates(Map.of("XDG_CACHE_HOME", "/var/cache"), "/home/me", "Linux"))
        .containsExactly(Path.of("/var/cache/compnn"), Path.of("/home/me/.cache/compnn"));
    assertThat(CacheFolder.candidates(Map.of(), "/Users/me", "Mac OS X"))
        .containsExactly(Path.of("/Users/me/Library/Caches/compnn"));
  }

  @Test
  void withoutAHomeThereIsNone() {
    assertThat(CacheFolder.candidates(Map.of("XDG_CACHE_HOME", "relative"), "?", "Linux"))
        .isEmpty();
    assertThat(CacheFolder.candidates(Map.of(), "", "Linux")).isEmpty();
  }
}
