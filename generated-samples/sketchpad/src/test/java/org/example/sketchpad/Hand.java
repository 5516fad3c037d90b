package org.example.sketchpad;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Point;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;

/** Draws on the page's pad as people do: with a pointer or with keys. */
final class Hand {
  /** The ten digits as strokes, [x, y, x, y, ...] on a pad of 280x280; drawn by hand. */
  static final List<int[][]> DIGITS =
      List.of(
          new int[][] {
            {
              150, 42, 118, 55, 92, 92, 84, 140, 92, 190, 116, 228, 148, 238, 178, 222, 196, 182,
              200, 136, 192, 90, 174, 56, 146, 42
            }
          },
          new int[][] {{146, 40, 142, 90, 140, 140, 138, 190, 134, 240}},
          new int[][] {
            {
              84, 84, 100, 54, 136, 42, 172, 54, 184, 88, 170, 124, 138, 164, 104, 204, 82, 234,
              120, 230, 162, 230, 204, 234
            }
          },
          new int[][] {
            {
              86, 66, 108, 46, 146, 40, 176, 56, 182, 88, 164, 116, 128, 130, 166, 140, 190, 166,
              188, 204, 160, 232, 118, 238, 82, 220
            }
          },
          new int[][] {
            {112, 44, 98, 96, 84, 148, 124, 150, 166, 148, 208, 144},
            {172, 92, 168, 140, 164, 190, 160, 240}
          },
          new int[][] {
            {
              106, 46, 100, 88, 94, 126, 128, 114, 166, 126, 188, 160, 184, 202, 154, 232, 116, 236,
              84, 222
            },
            {106, 46, 146, 44, 188, 40}
          },
          new int[][] {
            {
              168, 42, 134, 74, 108, 118, 94, 166, 98, 208, 124, 236, 158, 232, 182, 206, 180, 172,
              154, 152, 122, 162, 98, 190
            }
          },
          new int[][] {{82, 58, 120, 56, 160, 54, 198, 52, 178, 100, 156, 148, 138, 196, 124, 240}},
          new int[][] {
            {
              184, 70, 156, 44, 120, 48, 102, 78, 116, 112, 152, 138, 182, 166, 190, 204, 164, 236,
              124, 236, 98, 208, 104, 172, 136, 140, 172, 110, 184, 70
            }
          },
          new int[][] {
            {
              184, 86, 160, 52, 124, 48, 98, 76, 98, 114, 122, 138, 156, 130, 180, 100, 184, 86,
              182, 140, 174, 190, 164, 240
            }
          });

  private static final Duration NOW = Duration.ZERO;
  private static final String ARROWS = "lrud";
  private static final Keys[] ARROW_KEYS = {
    Keys.ARROW_LEFT, Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_DOWN
  };

  private final ChromeDriver driver;
  private final PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "mouse");

  Hand(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Draws strokes with the mouse. */
  void draw(WebElement pad, int[]... strokes) {
    trace(pad, strokes);
    lift();
  }

  /** Draws strokes with the mouse, and does not let go of the button after the last one. */
  void trace(WebElement pad, int[]... strokes) {
    Rectangle place = placeInView(pad);
    for (int[] stroke : strokes) {
      lift();
      Sequence moves = new Sequence(mouse, 0);
      for (int i = 0; i < stroke.length; i += 2) {
        moves.addAction(
            mouse.createPointerMove(
                Duration.ofMillis(2),
                PointerInput.Origin.viewport(),
                place.x + stroke[i] * place.width / 280,
                place.y + stroke[i + 1] * place.height / 280));
        if (i == 0) {
          moves.addAction(mouse.createPointerDown(PointerInput.MouseButton.LEFT.asArg()));
        }
      }
      driver.perform(List.of(moves));
    }
  }

  /** Lets go of the button, if it is pressed. */
  void lift() {
    Sequence up = new Sequence(mouse, 0);
    up.addAction(mouse.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
    driver.perform(List.of(up));
  }

  /** Draws strokes with a finger. */
  void touch(WebElement pad, int[]... strokes) {
    Rectangle place = placeInView(pad);
    for (int[] stroke : strokes) {
      for (int i = 0; i < stroke.length; i += 2) {
        Map<String, Object> point =
            Map.of(
                "x", place.x + stroke[i] * place.width / 280,
                "y", place.y + stroke[i + 1] * place.height / 280);
        touch(i == 0 ? "touchStart" : "touchMove", List.of(point));
      }
      touch("touchEnd", List.of());
    }
  }

  private void touch(String type, List<Map<String, Object>> points) {
    driver.executeCdpCommand(
        "Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
  }

  /** Puts the mouse on the middle of an element, coming from elsewhere. */
  void pointAt(WebElement element) {
    pointAt(element, 1, 1);
  }

  /** Puts the mouse on a pixel of a canvas; rows and columns count from 1. */
  void pointAt(WebElement canvas, int row, int column) {
    Point place = place(canvas, row, column);
    driver.perform(
        List.of(
            new Sequence(mouse, 0)
                .addAction(mouse.createPointerMove(NOW, PointerInput.Origin.viewport(), 1, 1))
                .addAction(
                    mouse.createPointerMove(
                        NOW, PointerInput.Origin.viewport(), place.x, place.y))));
  }

  /** Touches a pixel of a canvas for a moment. */
  void tap(WebElement canvas, int row, int column) {
    Point place = place(canvas, row, column);
    touch("touchStart", List.of(Map.of("x", place.x, "y", place.y)));
    touch("touchEnd", List.of());
  }

  /** Where a pixel of a canvas is on the screen; other elements are one pixel. */
  private Point place(WebElement canvas, int row, int column) {
    // A touch while the page still moves only stops it: wait until two frames show the same place.
    driver.executeAsyncScript(
        "const [e, done] = arguments; e.scrollIntoView({block: 'center', behavior: 'instant'});"
            + "let last = NaN; const settle = () => { const y = e.getBoundingClientRect().y;"
            + " if (y === last) { done(); } else { last = y; requestAnimationFrame(settle); } };"
            + " requestAnimationFrame(settle);",
        canvas);
    @SuppressWarnings("unchecked")
    List<Number> place =
        (List<Number>)
            driver.executeScript(
                "const [e, row, column] = arguments; const b = e.getBoundingClientRect();"
                    + "return [b.x + (column - 0.5) * b.width / (e.width ?? 1),"
                    + " b.y + (row - 0.5) * b.height / (e.height ?? 1)].map(Math.round)",
                canvas,
                row,
                column);
    return new Point(place.get(0).intValue(), place.get(1).intValue());
  }

  /**
   * Drags a file from outside of the browser.
   *
   * @param type {@code dragEnter}, {@code dragOver} or {@code drop}
   */
  void drag(String type, WebElement over, Path file) {
    Rectangle place = placeInView(over);
    driver.executeCdpCommand(
        "Input.dispatchDragEvent",
        Map.of(
            "type",
            type,
            "x",
            place.x + place.width / 2,
            "y",
            place.y + place.height / 2,
            "data",
            Map.of(
                "items", List.of(),
                "files", List.of(file.toAbsolutePath().toString()),
                "dragOperationsMask", 1)));
  }

  /** Presses keys: l, r, u, d for the arrows, a blank for the pen. */
  void press(String keys) {
    Actions actions = new Actions(driver);
    for (char key : keys.toCharArray()) {
      int arrow = ARROWS.indexOf(key);
      actions.sendKeys(arrow < 0 ? String.valueOf(key) : ARROW_KEYS[arrow]);
    }
    actions.perform();
  }

  private Rectangle placeInView(WebElement element) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'nearest'})", element);
    @SuppressWarnings("unchecked")
    List<Number> box =
        (List<Number>)
            driver.executeScript(
                "const b = arguments[0].getBoundingClientRect();"
                    + "return [b.x, b.y, b.width, b.height].map(Math.round)",
                element);
    return new Rectangle(
        box.get(0).intValue(), box.get(1).intValue(), box.get(3).intValue(), box.get(2).intValue());
  }
}
