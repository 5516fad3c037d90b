package org.example.sketchpad;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The sketchpad over HTTP, for the browsers of this machine only: it listens at the loopback
 * address and refuses requests that were meant for another host, so that no page from elsewhere can
 * reach it through a name of its own.
 *
 * <pre>
 * POST   /api/look              a drawing (JSON) or a picture (PNG, JPEG): all values on the way
 * GET    /api/weights           the weights of all layers
 * GET    /api/symbols           what is known
 * POST   /api/symbols           a name and ten drawings, to be learnt
 * DELETE /api/symbols?name=...  forgets a symbol
 * </pre>
 *
 * Tensors go out as safetensors, all else as JSON; whoever is refused gets {@code {"error":
 * "..."}}.
 */
final class SketchpadServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SketchpadServer.class.getName());
  private static final int THREADS = 4;

  static {
    // Else each answer waits 40 ms for the client to confirm its headers, and drawing is not live.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final PageFiles page = new PageFiles();
  private final Api api;
  private final Map<String, Map<String, Api.Call>> calls;

  /**
   * Starts to listen.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  SketchpadServer(Classroom classroom, int port) throws IOException {
    api = new Api(classroom);
    calls = api.calls();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where the page is. */
  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, reply(exchange));
    }
  }

  private Reply reply(HttpExchange exchange) {
    try {
      checkHost(exchange);
      String path = exchange.getRequestURI().getPath();
      Map<String, Api.Call> byMethod = calls.get(path);
      if (byMethod == null) {
        byMethod = Map.of("GET", ignored -> file(path));
      }
      Api.Call call = byMethod.get(exchange.getRequestMethod());
      if (call == null) {
        exchange.getResponseHeaders().set("Allow", String.join(", ", byMethod.keySet()));
        throw new BadRequestException(
            405, path + ": expected " + byMethod.keySet() + ", not " + exchange.getRequestMethod());
      }
      return call.reply(exchange);
    } catch (BadRequestException e) {
      return Reply.error(e.status(), e.getMessage());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a request failed", e);
      return Reply.error(500, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a request could not be answered", e);
      return Reply.error(500, "a mistake in the sketchpad: " + e);
    }
  }

  private Reply file(String path) throws BadRequestException {
    return page.file(path).orElseThrow(() -> new BadRequestException(404, "no page " + path));
  }

  private void checkHost(HttpExchange exchange) throws BadRequestException {
    int port = server.getAddress().getPort();
    String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
    if (!Set.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port).contains(host)) {
      throw new BadRequestException(403, "this is " + address() + ", not " + host);
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    exchange.getResponseBody().write(reply.body());
  }
}
