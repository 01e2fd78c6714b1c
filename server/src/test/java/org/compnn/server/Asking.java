package org.compnn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Tests that ask the interface of a server with a real database behind it. */
abstract class Asking {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final String DATABASE = "/api/databases/" + ServedBuildings.NAME;

  @TempDir static Path folder;

  static ServedBuildings served;
  static HttpClient client;

  @BeforeAll
  static void serve() {
    served = ServedBuildings.in(folder);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    served.close();
  }

  @AfterEach
  void noFaultOfTheProgram() {
    assertThat(served.faults()).isEmpty();
  }

  static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port() + path));
  }

  static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(to(path).build(), BodyHandlers.ofByteArray());
  }
}
