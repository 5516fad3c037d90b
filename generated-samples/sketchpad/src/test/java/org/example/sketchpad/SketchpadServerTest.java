package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.cnnc.runtime.Safetensors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server, as any client sees it. */
class SketchpadServerTest {
  private static final String JSON = "application/json";

  @TempDir private static Path folder;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Classroom classroom;
  private static SketchpadServer server;

  @BeforeAll
  static void start() throws IOException {
    classroom = new Classroom(new SymbolFile(folder.resolve("symbols.json")));
    server = new SketchpadServer(classroom, 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void readsHandwrittenDigitsAsWellAsTheNetworkDoes() throws Exception {
    int right = 0;
    List<TestDigits.TestDigit> all = TestDigits.all();
    for (int i = 0; i < all.size(); i++) {
      BufferedImage picture = all.get(i).picture();
      String answer =
          i % 2 == 0
              ? answer(TestDigits.file(picture, "png"), "image/png")
              : answer(TestDigits.file(TestDigits.onPaper(picture), "jpg"), "image/jpeg");
      right += answer.equals(String.valueOf(all.get(i).digit())) ? 1 : 0;
    }
    assertThat(right)
        .isGreaterThanOrEqualTo((int) TestDigits.right(classroom.recogniser()) - 4)
        .isGreaterThanOrEqualTo(588);
  }

  private static String answer(byte[] picture, String type) throws Exception {
    HttpResponse<byte[]> reply = post("/api/look", type, BodyPublishers.ofByteArray(picture));
    assertThat(reply.statusCode())
        .as(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Safetensors.read(reply.body(), "reply").metadata().get("answer");
  }

  @Test
  void readsStrokes() throws Exception {
    String one = "{\"strokes\": [[[50, 10], [48, 50], [47, 95]]]}";
    HttpResponse<byte[]> reply = post("/api/look", JSON, BodyPublishers.ofString(one));
    assertThat(reply.statusCode()).as(text(reply)).isEqualTo(200);
    Safetensors values = Safetensors.read(reply.body(), "reply");
    assertThat(values.metadata())
        .containsEntry("answer", "1")
        .containsEntry("names", String.join("\n", Classroom.DIGITS));
    assertThat(values.tensors().keySet())
        .containsExactly(
            "image",
            "conv1",
            "relu1",
            "maxpool1",
            "conv2",
            "relu2",
            "maxpool2",
            "flatten1",
            "fc1",
            "relu3",
            "fc2",
            "softmax1");
  }

  @Test
  void teachesAndForgets() throws Exception {
    Symbol symbol = Shapes.symbol("a\u2009star/\"*\"", Shapes.STAR, new Random(4));
    HttpResponse<byte[]> taught =
        post("/api/symbols", JSON, BodyPublishers.ofByteArray(Json.write(symbol)));
    assertThat(text(taught)).contains("\"digits\":200").contains("\"rightNow\":");
    assertThat(text(get("/api/symbols"))).contains("a\u2009star/").contains("\"room\":5");
    URI forget = server.address().resolve("/api/symbols?name=a%E2%80%89star%2F%22*%22");
    HttpResponse<byte[]> forgotten = send(HttpRequest.newBuilder(forget).DELETE());
    assertThat(forgotten.statusCode()).as(text(forgotten)).isEqualTo(200);
    assertThat(text(get("/api/symbols"))).contains("\"symbols\":[]").contains("\"room\":6");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertRefused("{", JSON, 400, "not the JSON that is expected, line 1, column");
    assertRefused("null", JSON, 400, "expected a JSON object");
    assertRefused("[]", JSON, 400, "not the JSON that is expected");
    assertRefused("{\"strokes\": []}", JSON, 400, "nothing is drawn");
    assertRefused("{\"strokes\": [[]]}", JSON, 400, "at least one point");
    assertRefused("{\"strokes\": [[[1, 2, 3]]]}", JSON, 400, "pair of numbers");
    assertRefused("{\"strokes\": [[[1, \\\"NaN\\\"]]]}", JSON, 400, "not ");
    assertRefused("{\"strokes\": [[[1, 1e9]]]}", JSON, 400, "between -1e6 and 1e6");
    assertRefused("{\"strokes\": [[null]]}", JSON, 400, "at least one point");
    assertRefused("{\"strokes\": [{\"x\": 1}]}", JSON, 400, "not what is expected at strokes[0]");
    assertRefused("{\"points\": 1}", JSON, 400, "nothing is drawn");
    assertRefused("{\"strokes\": [[[1, 2]]], \"pen\": 3}", JSON, 400, "unknown field \\\"pen\\\"");
    assertRefused("x", "text/plain", 415, "expected a drawing (application/json) or a picture");
    assertRefused("x", "image/png", 400, "not a picture");
    assertRefused("[" + "1,".repeat(2 << 20) + "1]", JSON, 413, "at most 4194304 bytes");
  }

  private static void assertRefused(String body, String type, int status, String message)
      throws Exception {
    HttpResponse<byte[]> reply = post("/api/look", type, BodyPublishers.ofString(body));
    assertThat(reply.statusCode()).as(text(reply)).isEqualTo(status);
    assertThat(text(reply))
        .startsWith("{\"error\":\"")
        .contains(message)
        .doesNotContain("Exception");
  }

  @Test
  void aSymbolNeedsANameAndTenDrawings() throws Exception {
    for (String body :
        new String[] {"{\"name\": \" \"}", "{\"name\": \"star\", \"drawings\": []}"}) {
      HttpResponse<byte[]> reply = post("/api/symbols", JSON, BodyPublishers.ofString(body));
      assertThat(reply.statusCode()).isEqualTo(400);
      assertThat(text(reply)).contains("expected ");
    }
  }

  @Test
  void showsNothingButThePage() throws Exception {
    assertThat(text(get("/"))).contains("<title>Sketchpad");
    assertThat(get("/main.js").headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    for (String path :
        new String[] {"/../Digits.safetensors", "/Digits.safetensors", "/%2e%2e/x"}) {
      assertThat(get(path).statusCode()).isEqualTo(404);
    }
    HttpResponse<byte[]> put =
        send(
            HttpRequest.newBuilder(server.address().resolve("/api/look"))
                .PUT(BodyPublishers.ofString("x")));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void answersThisMachineOnly() throws Exception {
    assertThat(raw("Host: evil.example")).startsWith("HTTP/1.1 403");
    assertThat(raw("Host: localhost:" + server.address().getPort())).startsWith("HTTP/1.1 200");
  }

  /** What comes for a request with this header line, which {@link HttpClient} would not send. */
  private static String raw(String header) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(server.address().resolve(path)).GET());
  }

  private static HttpResponse<byte[]> post(String path, String type, BodyPublisher body)
      throws Exception {
    return send(
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("Content-Type", type)
            .POST(body));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
