package org.cnnc.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The arrows between the modules: {@code grammar <- compiler <- report <- cli}, {@code runtime <-
 * training <- report}, and no other. The command sees all of them, hence the test is here.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.cnnc");

  /** A module, and the other modules that it may use. */
  @ParameterizedTest
  @CsvSource({
    "org.cnnc.grammar..,",
    "org.cnnc.runtime..,",
    "org.cnnc.training.., org.cnnc.runtime..",
    "org.cnnc.compiler.., org.cnnc.grammar..",
    "org.cnnc.report.., org.cnnc.compiler.. org.cnnc.grammar.. org.cnnc.training.. org.cnnc.runtime..",
  })
  void moduleUsesOnlyWhatItMay(String module, String others) {
    String[] allowed = (module + " " + (others == null ? "" : others)).strip().split(" ");
    noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat(resideInAPackage("org.cnnc..").and(not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** An app ships the runtime with the module java.base alone, without java.desktop above all. */
  @Test
  void runtimeNeedsOnlyTheBaseModule() {
    noClasses()
        .that()
        .resideInAPackage("org.cnnc.runtime..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.awt..", "java.beans..", "java.sql..", "java.util.logging..", "javax.."))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.cnnc.grammar",
        "org.cnnc.runtime",
        "org.cnnc.training",
        "org.cnnc.compiler",
        "org.cnnc.report",
        "org.cnnc.cli"
      })
  void packagesOfAModuleAreFreeOfCycles(String module) {
    slices()
        .assignedFrom(packagesOf(module))
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void noPackageIsSplitOverModules() {
    Map<String, Set<String>> places = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      type.getSource()
          .map(Source::getUri)
          .ifPresent(
              uri ->
                  places
                      .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                      .add(root(uri.toString(), type.getPackageName())));
    }
    assertThat(places).isNotEmpty().allSatisfy((name, roots) -> assertThat(roots).hasSize(1));
  }

  /** The jar or folder that holds a class: what precedes its package in its address. */
  private static String root(String uri, String packageName) {
    return uri.substring(0, uri.lastIndexOf(packageName.replace('.', '/')));
  }

  private static SliceAssignment packagesOf(String module) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(module) || name.startsWith(module + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + module;
      }
    };
  }
}
