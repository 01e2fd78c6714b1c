package org.compnn.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Chromium without a window and with a profile of its own. Its input is the browser's own: what a
 * test moves and presses goes through the same queue as a hand's.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int START_SECONDS = 60;

  private final Process process;
  private final int port;

  private Chromium(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where Chromium lies, if it is on the {@code PATH}. */
  public static Optional<Path> found() {
    return Programs.onPath(NAMES);
  }

  /** The command that starts it. */
  private static List<String> command(Path browser, Path profile, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(browser.toString());
    command.add("--headless");
    command.add("--no-sandbox");
    command.add("--disable-gpu");
    command.add("--disable-dev-shm-usage");
    command.add("--disable-background-networking");
    command.add("--disable-component-update");
    command.add("--disable-sync");
    command.add("--no-first-run");
    command.add("--force-prefers-reduced-motion");
    command.add("--user-data-dir=" + profile);
    command.addAll(more);
    return command;
  }

  /**
   * What a page has become when its scripts have run; for pages that need no hand. On a busy
   * machine Chromium may print a page before that, so it is asked up to three times.
   *
   * @param browser where Chromium lies
   * @param folder where it may keep its files
   * @param mark a text that the finished page has
   */
  public static String dump(Path browser, Path folder, URI address, String mark)
      throws IOException, InterruptedException {
    String page = "";
    for (int i = 0; i < 3 && !page.contains(mark); i++) {
      Path printed = folder.resolve("printed.html");
      Process process =
          new ProcessBuilder(
                  command(
                      browser,
                      folder.resolve("profile"),
                      List.of("--virtual-time-budget=10000", "--dump-dom", address.toString())))
              .redirectOutput(printed.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      // Without the scripts and their texts, which hold everything that could be shown.
      page = Files.readString(printed).replaceAll("(?s)<script.*?</script>", "");
    }
    return page;
  }

  /**
   * Starts one.
   *
   * @param browser where Chromium lies
   * @param profile a folder for its files
   */
  public static Chromium start(Path browser, Path profile) {
    try {
      Process process =
          new ProcessBuilder(
                  command(browser, profile, List.of("--remote-debugging-port=0", "about:blank")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return new Chromium(process, port(process, profile));
      } catch (RuntimeException | IOException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Chromium says in a file at which port it listens. */
  private static int port(Process process, Path profile) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        System.nanoTime() < end && process.isAlive();
        pause(20)) {
      String text = Files.exists(file) ? Files.readString(file) : "";
      if (Pattern.compile("^\\d+\n/").matcher(text).find()) {
        return Integer.parseInt(text.substring(0, text.indexOf('\n')));
      }
    }
    throw new IllegalStateException("Chromium did not say where it listens");
  }

  static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A new page of so many CSS pixels. */
  public Tab open(int width, int height) {
    URI address = URI.create("http://127.0.0.1:" + port + "/json/new?about:blank");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address).PUT(HttpRequest.BodyPublishers.noBody()).build();
      JsonNode target =
          JsonMapper.builder()
              .build()
              .readTree(client.send(request, BodyHandlers.ofString()).body());
      Tab tab = new Tab(new DevTools(URI.create(target.get("webSocketDebuggerUrl").asString())));
      tab.size(width, height, false);
      return tab;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
