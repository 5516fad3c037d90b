package org.example.sketchpad;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What can be asked over HTTP; {@link SketchpadServer} lists it. */
final class Api {
  private static final int MOST_JSON = 4 << 20;
  private static final int MOST_PICTURE = 16 << 20;

  private static final String JSON = "application/json";
  private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg");

  private final Classroom classroom;

  Api(Classroom classroom) {
    this.classroom = classroom;
  }

  /** Answers a request. */
  interface Call {
    Reply reply(HttpExchange exchange) throws IOException, BadRequestException;
  }

  /** The calls by path and method. */
  Map<String, Map<String, Call>> calls() {
    return Map.of(
        "/api/look", Map.of("POST", this::look),
        "/api/weights", Map.of("GET", exchange -> Reply.tensors(classroom.recogniser().weights())),
        "/api/symbols",
            new TreeMap<>(Map.of("GET", this::known, "POST", this::teach, "DELETE", this::forget)));
  }

  private Reply look(HttpExchange exchange) throws IOException, BadRequestException {
    return Reply.tensors(classroom.recogniser().look(glyph(exchange)));
  }

  private static Glyph glyph(HttpExchange exchange) throws IOException, BadRequestException {
    String type = type(exchange);
    if (PICTURES.contains(type)) {
      return PictureReader.read(body(exchange, MOST_PICTURE)).framed();
    }
    if (type.equals(JSON)) {
      return StrokePainter.glyph(Json.read(body(exchange, MOST_JSON), Drawing.class));
    }
    throw new BadRequestException(
        415, "expected a drawing (application/json) or a picture (image/png, image/jpeg)");
  }

  /**
   * What is known.
   *
   * @param names the digits, then the symbols
   * @param symbols those that were taught
   * @param room how many more can be
   */
  private record Known(List<String> names, List<Symbol> symbols, int room) {}

  private Reply known(HttpExchange exchange) {
    List<Symbol> symbols = classroom.symbols();
    return Reply.json(
        200,
        new Known(
            classroom.recogniser().names(), symbols, Classroom.MOST_SYMBOLS - symbols.size()));
  }

  private Reply teach(HttpExchange exchange) throws IOException, BadRequestException {
    if (!type(exchange).equals(JSON)) {
      throw new BadRequestException(415, "expected a name and ten drawings (application/json)");
    }
    return Reply.json(200, classroom.teach(Json.read(body(exchange, MOST_JSON), Symbol.class)));
  }

  private Reply forget(HttpExchange exchange) throws IOException, BadRequestException {
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    if (!query.startsWith("name=")) {
      throw new BadRequestException("expected the symbol's name: /api/symbols?name=...");
    }
    String name = URLDecoder.decode(query.substring("name=".length()), StandardCharsets.UTF_8);
    return Reply.json(200, classroom.forget(name));
  }

  /** The content type without its parameters. */
  private static String type(HttpExchange exchange) {
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    return type.split(";", 2)[0].strip();
  }

  private static byte[] body(HttpExchange exchange, int most)
      throws IOException, BadRequestException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(most + 1);
    if (body.length > most) {
      // Who is still sending could not read the answer; but nobody may send for ever. Not by
      // skip():
      // the server's stream skips beyond the end of a request, into the next one.
      byte[] ignored = new byte[1 << 16];
      for (long left = 8L * most; left > 0 && in.read(ignored) >= 0; left -= ignored.length) {}
      throw new BadRequestException(413, "expected at most " + most + " bytes");
    }
    return body;
  }
}
