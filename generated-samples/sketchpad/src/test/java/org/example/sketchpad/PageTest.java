package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.cnnc.runtime.Classification;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The page in Chromium, used as people use it. Pictures of it come to {@code target/screenshots}.
 * Without Chromium and its driver on the PATH these tests are skipped, but where the environment
 * says {@code CI=true} they fail: nobody looks there at what was skipped.
 */
class PageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** The pixels of all canvases of a stage as red, green and blue in a number, map by map. */
  private static final String PIXELS =
      """
      return [...document.querySelectorAll(`#${arguments[0]} canvas`)].flatMap((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return Array.from({ length: data.length / 4 },
          (_, i) => data[4 * i] << 16 | data[4 * i + 1] << 8 | data[4 * i + 2]);
      });
      """;

  /** The length of each bar of a stage, as part of its track, and whether it is one below 0. */
  private static final String BARS =
      """
      return [...document.querySelectorAll(`#${arguments[0]} .bar`)].map((bar) => {
        const track = bar.querySelector('.track').getBoundingClientRect();
        const value = bar.querySelector('i');
        return [value.getBoundingClientRect().width / track.width,
          value.classList.contains('negative')];
      });
      """;

  /** Where the frames of a stage that are seen begin and end, as parts of their map. */
  private static final String FRAMES =
      """
      return [...document.querySelectorAll(`#${arguments[0]} .field:not([hidden])`)].map((f) => {
        const { left, top, width, height } = f.style;
        return [left, top, width, height].map((side) => parseFloat(side) / 100);
      });
      """;

  /** Colours of the light page: of zero, of the largest number, and of one as far below zero. */
  private static final int[] PAPER = {251, 248, 241};

  private static final int[] ABOVE = {40, 66, 190};
  private static final int[] BELOW = {214, 84, 30};

  /** A machine that does much else is slow; a page that does not work never gets there. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Asked without pause, a slow machine would be slower still. */
  private static final Duration POLLING = Duration.ofMillis(50);

  @TempDir private static Path folder;

  private static SketchpadServer server;
  private static Browser browser;
  private static Hand hand;

  @BeforeAll
  static void open() throws Exception {
    Browser.Installed installed = Browser.Installed.orSkip();
    server = new SketchpadServer(new Classroom(new SymbolFile(folder.resolve("symbols.json"))), 0);
    browser = Browser.start(installed, Files.createDirectory(folder.resolve("profile")));
    hand = new Hand(browser.driver());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @BeforeEach
  void openPage() {
    show(1240, 800, false);
  }

  private static void show(int width, int height, boolean dark) {
    browser.show(width, height, dark);
    browser.driver().get(server.address().toString());
    await("the example", () -> verdict().equals("3"));
  }

  @AfterEach
  void nothingToComplainAbout() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void readsDigitsWhileTheyAreDrawn() throws Exception {
    for (int digit = 0; digit < 10; digit++) {
      find("#clear").click();
      await("an empty answer", () -> verdict().isBlank());
      hand.trace(find("#pad"), Hand.DIGITS.get(digit));
      awaitVerdict(String.valueOf(digit)); // the pen is still down
      hand.lift();
      assertThat(find("#probabilities .best b").getText()).isEqualTo(String.valueOf(digit));
    }
    choose("#conv1 .map:nth-child(6)", 9, 17);
    browser.screenshot(SCREENSHOTS.resolve("light.png"), false);
  }

  @Test
  void readsADigitDrawnWithKeys() {
    Actions keys = new Actions(browser.driver());
    keys.sendKeys(Keys.TAB, Keys.TAB).perform();
    assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id")).isEqualTo("pad");
    // From the middle to the upper left; the pen down; the bar and the leg of a seven.
    hand.press("l".repeat(5) + "u".repeat(8) + " " + "r".repeat(10) + "ddl".repeat(6) + "dddd ");
    awaitVerdict("7");
    keys.sendKeys(Keys.BACK_SPACE).perform();
    await("an empty answer", () -> verdict().isBlank());
  }

  @Test
  void theArithmeticOfAConvolutionAddsUp() {
    choose("#conv1 .map:nth-child(3)", 15, 15);
    assertThat(find("#lens h2").getText()).isEqualTo("Convolution 1");
    assertThat(find("#lens .where").getText()).isEqualTo("map 3, row 15, column 15");
    double[] patch = titles(".matrix:first-child td");
    double[] kernel = titles(".matrix:last-child td");
    assertThat(patch).hasSize(25);
    double products = IntStream.range(0, 25).mapToDouble(i -> patch[i] * kernel[i]).sum();
    double[] terms = titles(".equation .term");
    assertThat(terms[0]).isCloseTo(products, Offset.offset(1e-9));
    assertThat(terms[0] + terms[1]).isCloseTo(value(), Offset.offset(1e-4));
    // Rows and columns 13 to 17 of the input, counted from 1.
    assertThat(frame("#image")).containsExactly("42.8571%", "42.8571%", "17.8571%", "17.8571%");
  }

  @Test
  void theArithmeticOfTheOtherLayersAddsUp() {
    choose("#conv2 .map:nth-child(6)", 5, 6);
    assertThat(titles(".equation .term")).hasSize(9); // eight slices and the bias
    assertThat(sum(titles(".equation .term"))).isCloseTo(value(), Offset.offset(1e-4));
    // It looks at 5x5 of each map below, these at 10x10, and these at 14x14 of the drawing.
    assertThat(findAll("#maxpool1 .field:not([hidden])")).hasSize(8);
    assertThat(frame("#maxpool1").subList(2, 4)).containsExactly("35.7143%", "35.7143%");
    assertThat(frame("#conv1").subList(2, 4)).containsExactly("35.7143%", "35.7143%");
    assertThat(frame("#image").subList(2, 4)).containsExactly("50%", "50%");

    choose("#maxpool2 .map:nth-child(6)", 2, 3);
    double[] window = titles(".matrix td");
    assertThat(window).hasSize(4);
    assertThat(value())
        .isEqualTo(IntStream.range(0, 4).mapToDouble(i -> window[i]).max().orElse(0));
    choose("#relu2 .map:nth-child(6)", 2, 3);
    assertThat(value()).isEqualTo(Math.max(0, titles(".equation .term")[0]));
    choose("#flatten1 .map", 5, 26); // in rows of 50: number 226
    assertThat(find("#lens .equation").getText())
        .isEqualTo("9 \u00d7 25 + 0 \u00d7 5 + 1 = number 226");
    assertThat(findAll("#maxpool2 .field:not([hidden])")).hasSize(1);
    choose("#fc1 .map", 1, 17);
    assertThat(sum(titles(".equation .term"))).isCloseTo(value(), Offset.offset(1e-4));
    hand.pointAt(find("#softmax1 .bar:nth-child(4)"));
    assertThat(value()).isGreaterThan(0.9);
    assertThat(find("#lens .where").getText()).isEqualTo("3");
  }

  /** Sides of the layers' maps and windows, as Digits.net has them, from the input on. */
  private record Window(String stage, int maps, int side, int kernel, int stride, int padding) {}

  private static final List<Window> WINDOWS =
      List.of(
          new Window("image", 1, 28, 1, 1, 0),
          new Window("conv1", 8, 28, 5, 1, 2),
          new Window("relu1", 8, 28, 1, 1, 0),
          new Window("maxpool1", 8, 14, 2, 2, 0),
          new Window("conv2", 16, 10, 5, 1, 0),
          new Window("relu2", 16, 10, 1, 1, 0),
          new Window("maxpool2", 16, 5, 2, 2, 0));

  @ParameterizedTest
  @CsvSource({"4, 5, 6", "4, 1, 10", "6, 2, 3", "6, 5, 1", "3, 1, 14", "1, 1, 1", "1, 28, 15"})
  void framesAreTheReceptiveField(int stage, int row, int column) {
    Window chosen = WINDOWS.get(stage);
    choose("#" + chosen.stage() + " .map:nth-child(6)", row, column);
    int[] rows = {row - 1, row - 1};
    int[] columns = {column - 1, column - 1};
    int maps = 1;
    for (int i = stage; i >= 0; i--) {
      Window here = WINDOWS.get(i);
      List<?> frames = (List<?>) browser.driver().executeScript(FRAMES, here.stage());
      assertThat(frames).as(here.stage()).hasSize(maps);
      for (Object frame : frames) {
        double[] sides =
            ((List<?>) frame).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
        double[] expected = {
          columns[0], rows[0], columns[1] - columns[0] + 1, rows[1] - rows[0] + 1
        };
        for (int k = 0; k < 4; k++) {
          assertThat(sides[k] * here.side())
              .as("%s, side %d", here.stage(), k)
              .isCloseTo(expected[k], Offset.offset(0.01));
        }
      }
      if (i > 0) {
        int below = WINDOWS.get(i - 1).side();
        rows = seen(rows, here, below);
        columns = seen(columns, here, below);
        // A convolution looks at all maps below.
        maps = here.kernel() == 5 ? WINDOWS.get(i - 1).maps() : maps;
      }
    }
  }

  /** What a layer's first and last rows see of those below: the padding is not there. */
  private static int[] seen(int[] rows, Window window, int side) {
    int first = rows[0] * window.stride() - window.padding();
    int last = rows[1] * window.stride() - window.padding() + window.kernel() - 1;
    return new int[] {Math.max(0, first), Math.min(side - 1, last)};
  }

  /** A number of a vector has its own place framed; of what sees everything, nothing else. */
  @Test
  void framesOfVectorsAreTheirNumbers() {
    choose("#fc1 .map", 1, 17);
    assertThat(frame("#fc1")).containsExactly("50%", "0%", "3.125%", "50%"); // 2 rows of 32
    assertThat(findAll(".field:not([hidden])")).hasSize(1);
    choose("#relu3 .map", 2, 32);
    assertThat(frame("#fc1")).containsExactly("96.875%", "50%", "3.125%", "50%");
    choose("#flatten1 .map", 5, 26); // number 226: row 1, column 1 of the tenth map of 5 x 5
    assertThat(frame("#maxpool2 .map:nth-child(10)")).containsExactly("0%", "0%", "20%", "20%");
    assertThat(findAll("#maxpool2 .field:not([hidden])")).hasSize(1);
    assertThat(frame("#conv1").subList(0, 2)).containsExactly("0%", "0%");
  }

  /** Those that the page names for the pad, and for teaching. */
  @Test
  void everyKeyOfThePadDoesWhatThePageSays() {
    assertThat(find("#pad-help").findElements(By.tagName("kbd")))
        .extracting(WebElement::getText)
        .containsExactly("arrows", "space", "backspace", "delete");
    find("#teach summary").click();
    find("#clear").click();
    browser.driver().executeScript("document.querySelector('#pad').focus()");
    hand.press(" rrrrrr  dddddd ");
    await("an answer", () -> !verdict().isBlank());
    new Actions(browser.driver()).sendKeys(Keys.ENTER).perform(); // keeps both strokes
    await("a kept drawing", () -> findAll("#examples svg").size() == 1);
    assertThat(findAll("#examples polyline")).hasSize(2);
    hand.press(" uuu  lll ");
    new Actions(browser.driver()).sendKeys(Keys.BACK_SPACE).sendKeys(Keys.ENTER).perform();
    await("another", () -> findAll("#examples svg").size() == 2);
    assertThat(findAll("#examples polyline")).as("one less").hasSize(3);
    hand.press(" lll  ddd ");
    await("an answer", () -> !verdict().isBlank());
    new Actions(browser.driver()).sendKeys(Keys.DELETE).perform();
    await("an empty answer", () -> verdict().isBlank());
    new Actions(browser.driver()).sendKeys(Keys.ENTER).perform();
    assertThat(findAll("#examples svg")).as("nothing is there to keep").hasSize(2);
    assertThat(find("#teach-status").getText()).isEqualTo("Draw the symbol on the pad first.");
  }

  @Test
  void everyKeyOfAStageDoesWhatThePageSays() {
    assertThat(find("#conv2 .cells").getDomAttribute("aria-label"))
        .endsWith("Arrow keys move over the numbers, page up and page down change the map.");
    WebElement map = find("#conv2 .map:nth-child(6) canvas");
    int toTheRight = map.getRect().width / 20; // from the middle, into row 5 and column 6 of ten
    new Actions(browser.driver()).moveToElement(map, toTheRight, -toTheRight).click().perform();
    assertThat(find("#lens .where").getText()).isEqualTo("map 6, row 5, column 6");
    Map<Keys, String> places = new LinkedHashMap<>();
    places.put(Keys.ARROW_RIGHT, "map 6, row 5, column 7");
    places.put(Keys.ARROW_DOWN, "map 6, row 6, column 7");
    places.put(Keys.ARROW_LEFT, "map 6, row 6, column 6");
    places.put(Keys.ARROW_UP, "map 6, row 5, column 6");
    places.put(Keys.PAGE_DOWN, "map 7, row 5, column 6");
    places.put(Keys.PAGE_UP, "map 6, row 5, column 6");
    places.forEach(
        (key, place) -> {
          new Actions(browser.driver()).sendKeys(key).perform();
          assertThat(find("#lens .where").getText()).as(key.name()).isEqualTo(place);
        });
    new Actions(browser.driver()).sendKeys(Keys.ESCAPE).perform();
    assertThat(find("#lens h2").getText()).isEqualTo("Under the lens");
  }

  @Test
  void keysMoveOverTheMaps() {
    new Actions(browser.driver()).sendKeys(Keys.TAB).perform(); // the link that skips the desk
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    new Actions(browser.driver()).sendKeys(Keys.TAB, Keys.TAB).perform();
    assertThat(find("#lens h2").getText()).isEqualTo("Convolution 1");
    String before = find("#lens .where").getText();
    new Actions(browser.driver()).sendKeys(Keys.ARROW_LEFT).perform();
    assertThat(find("#lens .where").getText()).isNotEqualTo(before);
    String outline = browser.driver().switchTo().activeElement().getCssValue("outline-style");
    assertThat(outline).as("focus is seen").isEqualTo("solid");
    new Actions(browser.driver()).sendKeys(Keys.ESCAPE).perform();
    assertThat(find("#lens h2").getText()).isEqualTo("Under the lens");
  }

  @Test
  void readsPictures() throws Exception {
    TestDigits.TestDigit nine = TestDigits.all().get(9 * 60 + 1);
    byte[] jpeg = TestDigits.file(TestDigits.onPaper(nine.picture()), "jpg");
    Path picture = Files.write(folder.resolve("nine.jpg"), jpeg);
    find("#file").sendKeys(picture.toString());
    awaitVerdict("9");
    Path text = Files.writeString(folder.resolve("broken.png"), "no picture");
    find("#file").sendKeys(text.toString());
    await("a sentence", () -> find("#problem").getText().startsWith("not a picture: expected"));
    // The browser itself notes the refusal.
    assertThat(browser.complaints()).singleElement().asString().contains("400 (Bad Request)");
  }

  /** A file that is dragged over the page by the browser itself, as from a file manager. */
  @Test
  void readsPicturesThatAreDropped() throws Exception {
    byte[] png = TestDigits.file(TestDigits.all().get(2 * 60 + 1).picture(), "png");
    Path picture = Files.write(folder.resolve("two.png"), png);
    hand.drag("dragEnter", find("#sheet"), picture);
    hand.drag("dragOver", find("#sheet"), picture);
    await("a sheet that waits for it", PageTest::sheetWaits);
    hand.drag("drop", find("#sheet"), picture);
    awaitVerdict("2");
    assertThat(sheetWaits()).isFalse();
    Path text = Files.writeString(folder.resolve("notes.txt"), "no picture");
    hand.drag("dragEnter", find("#sheet"), text);
    hand.drag("dragOver", find("#sheet"), text);
    hand.drag("drop", find("#sheet"), text);
    await("a sentence", () -> find("#problem").isDisplayed());
    assertThat(find("#problem").getText()).isEqualTo("Expected a PNG or JPEG picture.");
    assertThat(verdict()).isEqualTo("2");
  }

  private static boolean sheetWaits() {
    return find("#sheet").getDomAttribute("class").contains("dropping");
  }

  /** Held against the class of the whole network, which neither server nor page asks. */
  @Test
  void everyPixelAndEveryPercentageIsANumberOfTheNetwork() throws Exception {
    PredictionSession network =
        PredictionSession.load(new DigitsPrediction(), Classroom.shippedWeights());
    TestDigits.TestDigit unsure =
        TestDigits.all().stream()
            .min(Comparator.comparing(digit -> largest(network.predict(digit.glyph().pixels()))))
            .orElseThrow();
    float[] image = unsure.glyph().pixels();
    float[] probabilities = network.predict(image);
    List<String> expected =
        IntStream.range(0, 10)
            .mapToObj(i -> String.format(Locale.ROOT, "%.1f\u202f%%", 100 * probabilities[i]))
            .toList();
    assertThat(expected).doesNotContain("100.0\u202f%");

    Path picture = folder.resolve("unsure.png");
    Files.write(picture, TestDigits.file(unsure.picture(), "png"));
    find("#file").sendKeys(picture.toString());
    await("percentages " + expected, () -> percentages().equals(expected));
    assertThat(find("#sureness").getText())
        .isEqualTo(expected.get(Classification.of(probabilities).index()));
    assertPainted("image", image);
    for (String stage : List.of("conv1", "relu1", "maxpool1", "conv2", "relu2", "maxpool2")) {
      assertPainted(stage, network.predict(image, stage));
    }
    float[] flat = network.predict(image, "maxpool2");
    assertPainted("flatten1", flat);
    float[] hidden = joined("fc1", flat);
    assertPainted("fc1", hidden);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    assertPainted("relu3", hidden);
    float[] scores = joined("fc2", hidden);
    assertBars("fc2", scores, largest(scores));
    assertBars("softmax1", probabilities, 1);
  }

  /** A fully connected layer as it is defined, of the weights that ship with the page. */
  private static float[] joined(String layer, float[] input) throws IOException {
    Map<String, Tensor> tensors = Classroom.shippedWeights().tensors();
    float[] weight = tensors.get(layer + ".weight").values();
    float[] bias = tensors.get(layer + ".bias").values();
    float[] output = new float[bias.length];
    for (int i = 0; i < output.length; i++) {
      double sum = bias[i];
      for (int k = 0; k < input.length; k++) {
        sum += (double) weight[i * input.length + k] * input[k];
      }
      output[i] = (float) sum;
    }
    return output;
  }

  /** Each bar is as long as its value's part of {@code full}, and says if it is below 0. */
  private static void assertBars(String stage, float[] values, float full) {
    List<?> bars = (List<?>) browser.driver().executeScript(BARS, stage);
    assertThat(bars).as(stage).hasSize(values.length);
    for (int i = 0; i < values.length; i++) {
      List<?> bar = (List<?>) bars.get(i);
      assertThat(((Number) bar.get(0)).doubleValue())
          .as("%s, bar %d", stage, i)
          .isCloseTo(Math.abs(values[i]) / full, Offset.offset(0.003)); // of whole pixels
      assertThat(bar.get(1)).as("%s, bar %d", stage, i).isEqualTo(values[i] < 0);
    }
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static List<String> percentages() {
    return findAll("#probabilities .value").stream().map(WebElement::getText).toList();
  }

  /** Every pixel has the colour of its value, and they are not all alike. */
  private static void assertPainted(String stage, float[] values) {
    List<?> pixels = (List<?>) browser.driver().executeScript(PIXELS, stage);
    assertThat(pixels).as(stage).hasSize(values.length);
    assertThat(new HashSet<>(pixels)).as("colours of " + stage).hasSizeGreaterThan(10);
    float most = largest(values);
    for (int i = 0; i < values.length; i++) {
      int pixel = ((Number) pixels.get(i)).intValue();
      for (int channel = 0; channel < 3; channel++) {
        assertThat(pixel >> 16 - 8 * channel & 0xff)
            .as("%s, number %d: %s", stage, i, values[i])
            .isCloseTo(ink(values[i], most, channel), Offset.offset(1)); // rounded by another
      }
    }
  }

  /** Red, green or blue of a value: as strong as its part of the largest one, to the power 0.7. */
  private static int ink(float value, float most, int channel) {
    int strongest = (value < 0 ? BELOW : ABOVE)[channel];
    double part = Math.pow(Math.abs(value) / most, 0.7);
    return (int) Math.round(PAPER[channel] + (strongest - PAPER[channel]) * part);
  }

  @Test
  void learnsANewSymbol() throws Exception {
    find("#teach summary").click();
    find("#symbol-name").sendKeys("star");
    Random random = new Random(7);
    for (Drawing drawing : Shapes.drawings(Shapes.STAR, 10, random)) {
      hand.draw(find("#pad"), stroke(drawing));
      find("#keep").click();
    }
    assertThat(findAll("#examples svg")).hasSize(10);
    browser.screenshot(SCREENSHOTS.resolve("teach.png"), false);
    find("#learn").click();
    await("a report", () -> find("#teach-status").getText().startsWith("It knows star now."));
    for (Drawing drawing : Shapes.drawings(Shapes.STAR, 3, random)) {
      find("#clear").click();
      hand.draw(find("#pad"), stroke(drawing));
      awaitVerdict("star");
    }
    assertThat(findAll("#softmax1 .bar")).hasSize(11);
    find("#clear").click();
    hand.draw(find("#pad"), Hand.DIGITS.get(4));
    awaitVerdict("4");
    browser.driver().get(server.address().toString());
    await("what was taught", () -> findAll("#taught svg").size() == 1);
    find("#teach summary").click();
    find("#taught button").click();
    await("a report", () -> find("#teach-status").getText().equals("It has forgotten star."));
    await("ten names", () -> findAll("#probabilities li").size() == 10);
  }

  /** A drawing of {@link Shapes} on the pad. */
  private static int[] stroke(Drawing drawing) {
    return drawing.strokes().get(0).stream()
        .flatMapToInt(
            p -> IntStream.of((int) Math.round(140 + 2 * p.x()), (int) Math.round(140 + 2 * p.y())))
        .toArray();
  }

  @Test
  void fitsAPhone() throws Exception {
    show(360, 740, false);
    assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(360L);
    hand.touch(find("#pad"), Hand.DIGITS.get(5));
    awaitVerdict("5");
    assertAccessible();
    browser.screenshot(SCREENSHOTS.resolve("phone.png"), false);
    tapUntilSeen("#conv1 .map:nth-child(6) canvas", 15, 15);
    assertThat(find("#lens .where").getText()).isEqualTo("map 6, row 15, column 15");
    assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(360L);
    assertAccessible();
    browser.screenshot(SCREENSHOTS.resolve("phone-lens.png"), false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void teachingFitsAPhone(boolean dark) throws Exception {
    show(360, 740, dark);
    find("#teach summary").click();
    find("#symbol-name").sendKeys("star");
    for (Drawing drawing : Shapes.drawings(Shapes.STAR, 3, new Random(7))) {
      hand.touch(find("#pad"), stroke(drawing));
      find("#keep").click();
    }
    assertThat(findAll("#examples svg")).hasSize(3);
    hand.touch(find("#pad"), Hand.DIGITS.get(5)); // what is empty is faded
    awaitVerdict("5");
    assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(360L);
    for (WebElement part : findAll("#teach input, #teach button, #examples li")) {
      assertThat(part.getRect().x).as(part.getText()).isNotNegative();
      assertThat(part.getRect().x + part.getRect().width).as(part.getText()).isLessThan(361);
      assertThat(part.getRect().height).as("room for a finger").isGreaterThan(23); // WCAG 2.5.8
    }
    assertAccessible();
    browser.driver().executeScript("document.querySelector('#teach').scrollIntoView()");
    browser.screenshot(
        SCREENSHOTS.resolve("teach-phone-" + (dark ? "dark" : "light") + ".png"), false);
  }

  @Test
  void isForEveryoneInLightAndInDark() throws Exception {
    String light = background();
    choose("#conv2 .map:nth-child(6)", 5, 6);
    find("#teach summary").click();
    assertAccessible();
    show(1240, 800, true);
    assertThat(background()).isNotEqualTo(light);
    hand.draw(find("#pad"), Hand.DIGITS.get(8));
    awaitVerdict("8");
    choose("#fc1 .map", 1, 17);
    find("#teach summary").click();
    assertAccessible();
    find("#teach summary").click();
    choose("#conv2 .map:nth-child(6)", 5, 6);
    browser.screenshot(SCREENSHOTS.resolve("dark.png"), false);
  }

  @Test
  void asksNobodyElse() {
    choose("#conv2 .map:nth-child(6)", 5, 6);
    assertThat(browser.requests())
        .hasSizeGreaterThan(10)
        .allMatch(address -> address.startsWith(server.address().toString()));
  }

  private static void assertAccessible() throws IOException {
    assertThat(browser.accessibilityFaults()).isEmpty();
  }

  private static String background() {
    return find("body").getCssValue("background-color");
  }

  /** Points at a cell of a map, or of a vector as it is drawn; rows and columns count from 1. */
  private static void choose(String map, int row, int column) {
    hand.pointAt(find(map + " canvas"), row, column);
    awaitLens();
  }

  /** Taps again, as a person does, where the browser took a touch for something else. */
  private static void tapUntilSeen(String canvas, int row, int column) {
    boolean seen = false;
    for (int tries = 0; tries < 3 && !seen; tries++) {
      hand.tap(find(canvas), row, column);
      seen = comesWithin(Duration.ofSeconds(3), PageTest::lensShowsANumber);
    }
    awaitLens();
  }

  private static void awaitLens() {
    await("a number under the lens", PageTest::lensShowsANumber);
  }

  private static boolean lensShowsANumber() {
    return !findAll("#lens .where").isEmpty();
  }

  /** Left, top, width and height of the frame around what the chosen number saw in a stage. */
  private static List<String> frame(String stage) {
    WebElement frame = find(stage + " .field:not([hidden])");
    @SuppressWarnings("unchecked")
    List<String> sides =
        (List<String>)
            browser
                .driver()
                .executeScript(
                    "const {left, top, width, height} = arguments[0].style;"
                        + "return [left, top, width, height]",
                    frame);
    return sides;
  }

  /** The exact numbers behind those that the lens shows. */
  private static double[] titles(String selector) {
    return findAll("#lens " + selector).stream()
        .mapToDouble(element -> Double.parseDouble(element.getDomAttribute("title")))
        .toArray();
  }

  private static double sum(double[] terms) {
    return Arrays.stream(terms).sum();
  }

  /** The chosen number, as the server sent it. */
  private static double value() {
    return Double.parseDouble(find("#lens").getDomAttribute("data-value"));
  }

  private static String verdict() {
    return find("#verdict").getText().replace('\u00a0', ' ').strip();
  }

  private static void awaitVerdict(String name) {
    await("the answer " + name, () -> verdict().equals(name));
  }

  private static void await(String what, BooleanSupplier condition) {
    assertThat(comesWithin(PATIENCE, condition))
        .as("%s; the page shows %s", what, verdict())
        .isTrue();
  }

  private static boolean comesWithin(Duration patience, BooleanSupplier condition) {
    try {
      return new WebDriverWait(browser.driver(), patience, POLLING)
          .until(driver -> condition.getAsBoolean());
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static WebElement find(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static List<WebElement> findAll(String selector) {
    return browser.driver().findElements(By.cssSelector(selector));
  }
}
