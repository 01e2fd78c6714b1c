package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import org.compnn.image.ProgressiveJpeg;
import org.compnn.problem.UserError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests as they come over a socket, well-meant or not. */
final class PageServerTest {
  private final PageServer server =
      PageServer.start("127.0.0.1", 0, Front.NONE, false, List.of(), _ -> {});

  @AfterEach
  void stop() {
    server.close();
  }

  private String send(String head, byte[] body) throws IOException {
    return send(server.port(), head, body);
  }

  private static String send(int port, String head, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path, String... headers) throws IOException {
    String more = headers.length == 0 ? "Host: localhost" : String.join("\r\n", headers);
    return send(
        "GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + more + "\r\n\r\n", new byte[0]);
  }

  private String upload(byte[] body) throws IOException {
    return send(
        "POST /api/uploads HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Connection: close\r\n"
            + "Content-Type: image/png\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n\r\n",
        body);
  }

  @Test
  void thePageComesWithAPolicyThatForbidsEverythingFromElsewhere() throws IOException {
    assertThat(get("/"))
        .startsWith("HTTP/1.1 200")
        .contains("default-src 'none'")
        .contains("<main");
    assertThat(get("/assets/viewer/field.js")).contains("export class Field");
    assertThat(get("/openapi.json")).contains("\"3.1.0\"");
  }

  @Test
  void foreignNamesAndForeignSitesAreRefused() throws IOException {
    assertThat(get("/", "Host: evil.example")).startsWith("HTTP/1.1 421");
    assertThat(get("/", "Host: localhost", "Origin: http://evil.example"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void noAddressLeadsToTheFileSystem() throws IOException {
    for (String path : List.of("/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd")) {
      assertThat(get(path)).startsWith("HTTP/1.1 404").doesNotContain("root:");
    }
  }

  @Test
  void whatIsNoPictureAndWhatHasTooManyPixelsIsRefused() throws IOException {
    assertThat(upload(new byte[] {1, 2, 3})).startsWith("HTTP/1.1 415");
    assertThat(upload(headOfPng(60_000, 60_000))).containsPattern("^HTTP/1.1 4(13|22)");
  }

  @Test
  void aMalformedRequestDoesNotEndTheServer() throws IOException {
    send("NONSENSE\r\n\r\n", new byte[0]);
    assertThat(get("/%zz")).startsWith("HTTP/1.1 400");
    assertThat(get("/api/databases")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    String head =
        """
        POST /api/uploads HTTP/1.1
        Host: localhost
        Connection: close
        Content-Type: image/png
        Content-Length: 1000000000

        """
            .replace("\n", "\r\n");
    assertThat(send(head, new byte[0])).startsWith("HTTP/1.1 413").contains("16 MiB");
  }

  @Test
  void underAnyOtherAddressEveryRequestMustBringTheToken() throws IOException {
    // Listens at the loopback address, but guards as it would at that of a network.
    String host = "192.0.2.7";
    Guard guard = Guard.of(host, InetAddress.getByName(host), Front.NONE);
    String token = guard.token().orElseThrow();
    try (PageServer guarded =
        PageServer.start(InetAddress.getLoopbackAddress(), host, 0, guard, List.of(), _ -> {})) {
      int port = guarded.port();
      String head =
          "GET %s HTTP/1.1\r\nConnection: close\r\nHost: " + host + ":" + port + "\r\n%s\r\n";
      byte[] none = new byte[0];
      assertThat(guarded.address()).isEqualTo("http://" + host + ":" + port + "/?token=" + token);
      for (String path :
          List.of("/", "/assets/server/page.js", "/api/databases", "/?token=" + "0".repeat(32))) {
        assertThat(send(port, head.formatted(path, ""), none)).as(path).startsWith("HTTP/1.1 401");
      }
      String entered = send(port, head.formatted("/?token=" + token, ""), none);
      assertThat(entered)
          .startsWith("HTTP/1.1 303")
          .contains("HttpOnly")
          .contains("SameSite=Strict")
          .contains("compnn-token=" + token);
      String cookie = "Cookie: compnn-token=" + token + "\r\n";
      assertThat(send(port, head.formatted("/api/databases", cookie), none))
          .startsWith("HTTP/1.1 200");
      String bearer = "Authorization: Bearer " + token + "\r\n";
      assertThat(send(port, head.formatted("/api/databases", bearer), none))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aRequestThatNamesTwoHostsIsRefused() throws IOException {
    assertThat(get("/", "Host: localhost", "Host: evil.example")).startsWith("HTTP/1.1 400");
    assertThat(get("/", "Host: evil.example", "Host: localhost")).startsWith("HTTP/1.1 400");
  }

  @Test
  void aPictureOfThousandsOfScansIsRefusedUndecoded() throws IOException {
    byte[] hostile = ProgressiveJpeg.ofEmptyScans(5000, 5000, 2000);
    String answer =
        send(
            "POST /api/uploads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: image/jpeg\r\nContent-Length: "
                + hostile.length
                + "\r\n\r\n",
            hostile);
    assertThat(answer).startsWith("HTTP/1.1 422").contains(" scans of 25000000 pixels");
  }

  @Test
  void aThousandHalfRequestsDoNotShutOutANewcomer() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        idle.add(socket);
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(get("/api/databases")).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void whatAProxySaysOfTheHostIsBelievedOfANamedOneOnly() throws IOException {
    String forwarded = "X-Forwarded-Host: labels.example";
    assertThat(get("/", "Host: localhost", "Origin: https://labels.example", forwarded))
        .as("no proxy is named")
        .startsWith("HTTP/1.1 403");
    List<String> logged = new CopyOnWriteArrayList<>();
    Front front = Front.of("compnn/", List.of("127.0.0.1"), true);
    try (PageServer behind =
        PageServer.start("127.0.0.1", 0, front, false, List.of(), logged::add)) {
      String token = behind.address().replaceFirst(".*=", "");
      assertThat(behind.address())
          .isEqualTo("http://127.0.0.1:" + behind.port() + "/compnn/?token=" + token);
      String head =
          "GET %s HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1\r\n" + forwarded + "\r\n%s\r\n";
      byte[] none = new byte[0];
      assertThat(send(behind.port(), head.formatted("/compnn/api/databases", ""), none))
          .startsWith("HTTP/1.1 401");
      assertThat(
              send(
                  behind.port(),
                  head.formatted("/compnn/?token=" + token, "X-Forwarded-Proto: https\r\n"),
                  none))
          .startsWith("HTTP/1.1 303")
          .contains("Location: /compnn/")
          .contains("Path=/compnn/; Secure");
      String cookie = "Cookie: compnn-token=" + token + "\r\n";
      // Some proxies cut the path off, some do not.
      for (String path : List.of("/compnn/", "/compnn/api/databases", "/", "/api/databases")) {
        assertThat(send(behind.port(), head.formatted(path, cookie), none))
            .as(path)
            .startsWith("HTTP/1.1 200");
      }
      assertThat(send(behind.port(), head.formatted("/compnn", cookie), none))
          .startsWith("HTTP/1.1 308")
          .contains("Location: /compnn/");
      String own = cookie + "Origin: https://labels.example\r\n";
      assertThat(send(behind.port(), head.formatted("/", own), none)).startsWith("HTTP/1.1 200");
      String foreign = cookie + "Origin: https://evil.example\r\n";
      assertThat(send(behind.port(), head.formatted("/", foreign), none))
          .startsWith("HTTP/1.1 403");
      assertThat(logged).noneMatch(line -> line.contains(token));
    }
  }

  @Test
  void withoutATokenAProxyMustBeNamed() {
    assertThatThrownBy(() -> Front.of("", List.of(), false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--proxy");
    assertThatThrownBy(() -> Front.of("/a b", List.of(), true)).isInstanceOf(UserError.class);
  }

  /** A PNG that says how large it is and holds no pixel. */
  private static byte[] headOfPng(int width, int height) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk.put("IHDR".getBytes(StandardCharsets.ISO_8859_1)).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.array());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13});
    png.write(chunk.array());
    png.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return png.toByteArray();
  }
}
