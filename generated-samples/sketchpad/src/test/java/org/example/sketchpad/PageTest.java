package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.cnnc.runtime.Classification;
import org.cnnc.runtime.PredictionSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  /** Drops a PNG file, whose bytes come as base 64, on the sheet. */
  private static final String DROP =
      """
      const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'digit.png', { type: 'image/png' }));
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector('#sheet').dispatchEvent(drop);
      """;

  /** The pixels of all canvases of a stage as red, green and blue in a number, map by map. */
  private static final String PIXELS =
      """
      return [...document.querySelectorAll(`#${arguments[0]} canvas`)].flatMap((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return Array.from({ length: data.length / 4 },
          (_, i) => data[4 * i] << 16 | data[4 * i + 1] << 8 | data[4 * i + 2]);
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
    Optional<Browser.Installed> installed = Browser.Installed.find();
    String missing = "no Chromium and chromedriver on the PATH (Debian: chromium, chromium-driver)";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(installed).as(missing + ", and CI=true").isPresent();
    }
    assumeTrue(installed.isPresent(), "skipped: " + missing);
    server = new SketchpadServer(new Classroom(new SymbolFile(folder.resolve("symbols.json"))), 0);
    browser = Browser.start(installed.get(), Files.createDirectory(folder.resolve("profile")));
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
    byte[] png = TestDigits.file(TestDigits.all().get(2 * 60 + 1).picture(), "png");
    browser.driver().executeScript(DROP, Base64.getEncoder().encodeToString(png));
    awaitVerdict("2");
    Path text = Files.writeString(folder.resolve("broken.png"), "no picture");
    find("#file").sendKeys(text.toString());
    await("a sentence", () -> find("#problem").getText().startsWith("not a picture: expected"));
    // The browser itself notes the refusal.
    assertThat(browser.complaints()).singleElement().asString().contains("400 (Bad Request)");
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
    @SuppressWarnings("unchecked")
    List<String> asked =
        (List<String>)
            browser
                .driver()
                .executeScript("return performance.getEntriesByType('resource').map(e => e.name)");
    assertThat(asked)
        .hasSizeGreaterThan(10)
        .allMatch(address -> address.startsWith(server.address().toString()));
  }

  /** Nothing that axe-core finds fault with: contrast, names, roles, labels. */
  private static void assertAccessible() throws IOException {
    try (InputStream in = PageTest.class.getResourceAsStream("/axe.min.js")) {
      browser.driver().executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    Object faults =
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[0]; axe.run().then(({violations}) => done(violations.map("
                    + "v => v.id + ': ' + v.nodes.map(n => n.html + n.failureSummary).join())));");
    assertThat((List<?>) faults).isEmpty();
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
