package org.compnn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstructionsTest {
  @ParameterizedTest
  @CsvSource({
    "AVX512_SPR, fpu avx2 avx512f, true",
    "AVX512, fpu avx2 avx512f, true",
    "AVX2, fpu avx2 avx512f, false",
    "AVX2, fpu avx2, true",
    "OPTIMIZE GENERIC, fpu, false",
    "NONE, fpu avx2, false",
    "'', fpu avx2, false",
    "NEON, '', true",
    "the JVM's, fpu avx2 avx512f, true"
  })
  void aPeerIsAtFullStrengthWithTheWidestVectorsOfTheMachine(
      String instructions, String flags, boolean full) {
    assertThat(Instructions.atFullStrength(instructions, flags)).isEqualTo(full);
  }
}
