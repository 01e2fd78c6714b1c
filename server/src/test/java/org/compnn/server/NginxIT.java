package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.compnn.browser.Chromium;
import org.compnn.browser.Needed;
import org.compnn.browser.NeedsChromium;
import org.compnn.browser.Programs;
import org.compnn.browser.Tab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page under a path of a real nginx, which passes the path on or cuts it off. */
@Tag("browser")
final class NginxIT {
  @TempDir private static Path folder;

  private static ServedBuildings served;
  private static Chromium chromium;
  private static Process nginx;
  private static int passing;
  private static int cutting;

  @BeforeAll
  static void serve() throws IOException, InterruptedException {
    Path program =
        Needed.program(
            Programs.onPath(List.of("nginx"))
                .or(() -> Optional.of(Path.of("/usr/sbin/nginx")).filter(Files::isExecutable)),
            "needs nginx; Debian's package is nginx-light");
    served = ServedBuildings.in(folder, Front.of("/whole", List.of("127.0.0.1"), true));
    passing = freePort();
    cutting = freePort();
    Path prefix = Files.createDirectory(folder.resolve("nginx"));
    Path file =
        Files.writeString(
            prefix.resolve("nginx.conf"),
            """
            daemon off;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              client_max_body_size 16m;
              proxy_set_header X-Forwarded-Host $http_host;
              proxy_set_header X-Forwarded-Proto $scheme;
              server {
                listen 127.0.0.1:%d;
                location /whole/ { proxy_pass http://127.0.0.1:%d; }
              }
              server {
                listen 127.0.0.1:%d;
                location /whole/ { proxy_pass http://127.0.0.1:%d/; }
              }
            }
            """
                .formatted(passing, served.port(), cutting, served.port()));
    nginx =
        new ProcessBuilder(
                program.toString(), "-p", prefix.toString(), "-c", file.toString(), "-e", "stderr")
            .redirectErrorStream(true)
            .redirectOutput(prefix.resolve("log").toFile())
            .start();
    for (int tries = 0; !listens(passing); tries++) {
      assertThat(nginx.isAlive()).as(Files.readString(prefix.resolve("log"))).isTrue();
      assertThat(tries).isLessThan(200);
      Thread.sleep(50);
    }
    chromium = NeedsChromium.shared();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (nginx != null) {
      nginx.destroy();
      nginx.waitFor();
    }
    if (served != null) {
      served.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String entry(int port) {
    return served.address().replaceFirst(":\\d+/", ":" + port + "/");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingWorksUnderThePath(boolean cut) throws IOException {
    int port = cut ? cutting : passing;
    try (Tab tab = chromium.open(1400, 900)) {
      tab.go(entry(port) + "#q=data/000001&more=1");
      tab.waitFor("document.title === '000001 · CompNN'");
      tab.waitFor("document.getElementById('stage') && !document.querySelector('[aria-busy]')");
      assertThat(tab.text("h1")).isNotBlank();
      tab.move("[data-pane=output]", 0.252, 0.752);
      assertThat(tab.text(".inspector h2")).isEqualTo("Row 96, column 32");
      assertThat(tab.complaints()).isEmpty();
    }
    assertThat(served.faults()).isEmpty();
    try (Stream<String> log = Files.lines(folder.resolve("nginx").resolve("log"))) {
      assertThat(log.filter(line -> line.contains("[error]"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobodyComesInWithoutTheToken(boolean cut) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + (cut ? cutting : passing) + "/whole/");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
    }
  }
}
