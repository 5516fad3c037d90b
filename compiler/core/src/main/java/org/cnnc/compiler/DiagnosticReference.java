package org.cnnc.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page DIAGNOSTICS.md, which lies beside this class: an entry for each code. */
public final class DiagnosticReference {
  private static final Pattern ENTRY =
      Pattern.compile("^## (CNN\\d+) .*?(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);

  private DiagnosticReference() {}

  /** The entries in Markdown, from their titles on, by code, in the order of the page. */
  public static Map<String, String> entries() {
    return entriesOf(page());
  }

  /** The entries of a page. */
  static Map<String, String> entriesOf(String page) {
    Map<String, String> entries = new LinkedHashMap<>();
    Matcher matcher = ENTRY.matcher(page);
    while (matcher.find()) {
      entries.put(matcher.group(1), matcher.group().strip() + "\n");
    }
    return Collections.unmodifiableMap(entries);
  }

  private static String page() {
    try (InputStream stream = DiagnosticReference.class.getResourceAsStream("DIAGNOSTICS.md")) {
      if (stream == null) {
        throw new IllegalStateException("DIAGNOSTICS.md is not beside the class");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
