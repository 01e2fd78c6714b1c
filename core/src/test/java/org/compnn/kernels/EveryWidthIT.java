package org.compnn.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The tests of the twins at every width of vectors, each in a JVM of its own: a width is a constant
 * there, as the compiler wants it.
 */
@Tag("stress")
final class EveryWidthIT {
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void theTwinsAreAlike(int bits) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + Width.BITS + "=" + bits,
                "-Xmx512m",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                EveryWidthIT.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("vectors of " + bits + " bits, all well");
  }

  /** Runs the tests here, in whatever width this JVM has been told. */
  public static void main(String[] none) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    selectClass(KernelsTest.class), selectClass(StandardisedReaderTest.class))
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    summary.printFailuresTo(out);
    boolean well =
        summary.getTestsFoundCount() > 50
            && summary.getTestsSucceededCount() == summary.getTestsFoundCount();
    out.printf(
        "%d of %d tests, vectors of %d bits, %s%n",
        summary.getTestsSucceededCount(),
        summary.getTestsFoundCount(),
        new VectorKernels().lanes() * Float.SIZE,
        well ? "all well" : "not well");
    System.exit(well ? 0 : 1);
  }
}
