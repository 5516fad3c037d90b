package org.example.sketchpad;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the page, read once. Only what is listed here can be asked for. */
final class PageFiles {
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "style.css",
          "icon.svg",
          "main.js",
          "api.js",
          "dom.js",
          "pad.js",
          "answer.js",
          "path.js",
          "stages.js",
          "colours.js",
          "lens.js",
          "arithmetic.js",
          "teach.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "js", "text/javascript; charset=utf-8");

  private final Map<String, Reply> files = new HashMap<>();

  PageFiles() throws IOException {
    for (String name : NAMES) {
      try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
        String type = TYPES.get(name.substring(name.indexOf('.') + 1));
        files.put("/" + name, new Reply(200, type, in.readAllBytes()));
      }
    }
    files.put("/", files.get("/index.html"));
  }

  /** The file for a path of the address. */
  Optional<Reply> file(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
