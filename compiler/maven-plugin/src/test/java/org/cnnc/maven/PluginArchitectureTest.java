package org.cnnc.maven;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The plugin's arrows; those of the other modules are tested beside the command. */
class PluginArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.cnnc");

  /** Whoever uses the plugin does not get the command and its libraries with it. */
  @Test
  void pluginUsesTheCompilerReportsAndTrainingButNotTheCommand() {
    noClasses()
        .that()
        .resideInAPackage("org.cnnc.maven..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.cnnc..")
                .and(
                    not(
                        resideInAnyPackage(
                            "org.cnnc.maven..",
                            "org.cnnc.report..",
                            "org.cnnc.compiler..",
                            "org.cnnc.grammar..",
                            "org.cnnc.training..",
                            "org.cnnc.runtime.."))))
        .check(CLASSES);
  }

  @Test
  void nothingKnowsThePlugin() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.cnnc.maven..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.cnnc.maven..")
        .check(CLASSES);
  }
}
