package org.cnnc.report;

import org.cnnc.compiler.drawing.MarkupWriter;

/** Room for what may be wider than a narrow screen: it moves there by itself, also by keys. */
final class Scroller {
  private Scroller() {}

  /**
   * Opens it.
   *
   * @param name for those who come by keyboard, and may not see it
   */
  static MarkupWriter open(MarkupWriter out, String name) {
    return out.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", name);
  }
}
