package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.json.Json;

/**
 * A Chromium without a window, driven by the chromedriver of this machine. Downloads nothing. The
 * tests of other pages use it, too.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Where a browser and its driver are. */
  public record Installed(Path browser, Path driver) {
    /**
     * Those on the PATH. Without them the test is skipped, but where the environment says {@code
     * CI=true} it fails: nobody looks there at what was skipped.
     */
    public static Installed orSkip() {
      Optional<Installed> installed = find();
      String missing =
          "no Chromium and chromedriver on the PATH (Debian: chromium, chromium-driver)";
      if ("true".equals(System.getenv("CI"))) {
        assertThat(installed).as(missing + ", and CI=true").isPresent();
      }
      assumeTrue(installed.isPresent(), "skipped: " + missing);
      return installed.orElseThrow();
    }

    private static Optional<Installed> find() {
      return NAMES.stream()
          .flatMap(name -> onPath(name).stream())
          .findFirst()
          .flatMap(browser -> onPath("chromedriver").map(driver -> new Installed(browser, driver)));
    }

    private static Optional<Path> onPath(String name) {
      return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder for what a browser keeps
   */
  public static Browser start(Installed installed, Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(installed.browser().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(installed.driver().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** What steers it. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Takes this size; light, or dark. A narrow one is a phone with a finger. */
  public void show(int width, int height, boolean dark) {
    boolean phone = width < 600;
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** A picture of what is seen, or of the whole page. */
  public void screenshot(Path file, boolean wholePage) throws IOException {
    Map<String, Object> answer =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("captureBeyondViewport", wholePage));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode((String) answer.get("data")));
  }

  /** Errors of scripts, and what the browser itself refused or missed. */
  public List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .filter(entry -> entry.getLevel().equals(Level.SEVERE))
        .map(Object::toString)
        .toList();
  }

  /** Addresses of all that was asked for since the last call, the pages themselves included. */
  public List<String> requests() {
    return driver.manage().logs().get("performance").getAll().stream()
        .map(entry -> (Map<?, ?>) new Json().toType(entry.getMessage(), Json.MAP_TYPE))
        .map(event -> (Map<?, ?>) event.get("message"))
        .filter(message -> message.get("method").equals("Network.requestWillBeSent"))
        .map(message -> (Map<?, ?>) message.get("params"))
        .map(request -> String.valueOf(((Map<?, ?>) request.get("request")).get("url")))
        .filter(address -> !address.matches("(data|chrome):.*")) // its own start page
        .toList();
  }

  /** What axe-core finds fault with: contrast, names, roles, labels. */
  public List<String> accessibilityFaults() throws IOException {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    return texts(
        driver.executeAsyncScript(
            "const done = arguments[0]; axe.run().then(({violations}) => done(violations.map("
                + "v => v.id + ': ' + v.nodes.map(n => n.html + n.failureSummary).join())));"));
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
