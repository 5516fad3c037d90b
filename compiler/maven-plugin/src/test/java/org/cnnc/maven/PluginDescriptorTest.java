package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What the build makes of the goals' comments and of the mapping for Eclipse: people read it with
 * {@code cnnc:help} and in IDEs, and it must be told there what they can set.
 */
class PluginDescriptorTest {
  private static final String DESCRIPTOR = "/META-INF/maven/plugin.xml";
  private static final String MAPPING = "/META-INF/m2e/lifecycle-mapping-metadata.xml";
  private static final String HELP = "help"; // is not ours

  @TestFactory
  Stream<DynamicTest> everyParameterHasItsDefaultAndAnExample() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (Element goal : goals()) {
      for (Element parameter : elements(child(goal, "parameters"), "parameter")) {
        if (text(parameter, "editable").equals("true")) {
          String name = text(goal, "goal") + " " + text(parameter, "name");
          tests.add(DynamicTest.dynamicTest(name, () -> expectExplained(goal, parameter)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private static void expectExplained(Element goal, Element parameter) {
    String description = text(parameter, "description");
    assertThat(description).contains("Example: ").endsWith(".");
    assertThat(count(description, '{')).as(description).isEqualTo(count(description, '}'));
    assertThat(description).doesNotContain("<code>", "{@code", "*");
    if (!hasDefault(goal, parameter) && !isRequired(parameter)) {
      assertThat(description).containsPattern("(?i)without it|by default");
    }
  }

  /** What has no default must be set. */
  private static boolean isRequired(Element parameter) {
    return text(parameter, "required").equals("true");
  }

  private static boolean hasDefault(Element goal, Element parameter) {
    Element value = child(child(goal, "configuration"), text(parameter, "name"));
    return !value.getAttribute("default-value").isEmpty();
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  @Test
  void anExampleWithAPropertyIsWhole() throws Exception {
    Element train =
        goals().stream().filter(goal -> text(goal, "goal").equals("train")).findFirst().get();
    Element data =
        elements(child(train, "parameters"), "parameter").stream()
            .filter(parameter -> text(parameter, "name").equals("data"))
            .findFirst()
            .get();
    assertThat(text(data, "description")).endsWith("Example: ${project.basedir}/src/pictures.");
  }

  /** A bound goal without a mapping is an error marker in the pom of everyone who uses Eclipse. */
  @Test
  void eclipseCompilesNetworksWhileOneTypesAndLeavesTheRestToMaven() throws Exception {
    Map<String, Element> actions = new TreeMap<>();
    Element executions = child(read(MAPPING).getDocumentElement(), "pluginExecutions");
    for (Element execution : elements(executions, "pluginExecution")) {
      List<Element> action = elements(child(execution, "action"), "*");
      assertThat(action).hasSize(1);
      Element filtered = child(child(execution, "pluginExecutionFilter"), "goals");
      for (Element goal : elements(filtered, "goal")) {
        assertThat(actions.put(goal.getTextContent(), action.get(0))).isNull();
      }
    }
    assertThat(actions.keySet()).isEqualTo(phases().keySet());
    Element compile = actions.remove("compile");
    assertThat(compile.getTagName()).isEqualTo("execute");
    assertThat(text(compile, "runOnIncremental")).isEqualTo("true");
    assertThat(text(compile, "runOnConfiguration")).isEqualTo("true");
    assertThat(actions.values()).extracting(Element::getTagName).containsOnly("ignore");
  }

  @Test
  void everyGoalHasItsPhase() throws Exception {
    assertThat(phases())
        .isEqualTo(
            Map.of(
                "compile", "generate-sources",
                "train", "generate-resources",
                "test", "generate-test-sources",
                "report", "prepare-package",
                "check", "verify"));
  }

  /** Otherwise Maven warns of it in every build with {@code -T}. */
  @Test
  void everyGoalMayRunBesideOthers() throws Exception {
    for (Element goal : mojos()) {
      assertThat(text(goal, "threadSafe")).as(text(goal, "goal")).isEqualTo("true");
    }
  }

  private static Map<String, String> phases() throws Exception {
    Map<String, String> phases = new TreeMap<>();
    for (Element goal : goals()) {
      phases.put(text(goal, "goal"), text(goal, "phase"));
    }
    return phases;
  }

  private static List<Element> goals() throws Exception {
    return mojos().stream().filter(goal -> !text(goal, "goal").equals(HELP)).toList();
  }

  private static List<Element> mojos() throws Exception {
    return elements(child(read(DESCRIPTOR).getDocumentElement(), "mojos"), "mojo");
  }

  private static Document read(String resource) throws Exception {
    try (InputStream in = PluginDescriptorTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  /** The children of a name; all with {@code *}. */
  private static List<Element> elements(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element
          && (name.equals("*") || element.getTagName().equals(name))) {
        found.add(element);
      }
    }
    return found;
  }

  private static Element child(Element parent, String name) {
    List<Element> found = elements(parent, name);
    assertThat(found).as(name + " in " + parent.getTagName()).hasSize(1);
    return found.get(0);
  }

  private static String text(Element parent, String name) {
    return child(parent, name).getTextContent().strip();
  }
}
