package io.vestibule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The package rules of docs/ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.vestibule", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final List<String> LEAVES =
      List.of(
          "signing",
          "store",
          "concurrent",
          "time",
          "metrics",
          "config",
          "json",
          "health",
          "tracing",
          "cluster");

  /** Which packages each may see besides the leaves; what is not listed here sees none. */
  private static final Map<String, List<String>> SEES =
      Map.of(
          "door", List.of("unlock", "command", "directory", "audit", "access", "grant"),
          "http", List.of("unlock", "command", "directory", "grant", "audit", "access"),
          "unlock", List.of("command", "directory", "grant", "audit", "access"),
          "directory", List.of("access", "audit"),
          "grant", List.of("access", "audit"),
          "command", List.of("access"),
          "audit", List.of("access"),
          "client", List.of("access"),
          "demo", List.of("client", "access"));

  @ArchTest
  static final ArchRule ACCESS_IS_JDK_ONLY =
      classes()
          .that()
          .resideInAPackage("io.vestibule.access..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.vestibule.access..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.vestibule.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule APP_IS_IMPORTED_BY_NONE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vestibule.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vestibule.app..");

  @ArchTest
  static void imports_pointDownTheList_orToALeaf(
      com.tngtech.archunit.core.domain.JavaClasses imported) {
    SEES.forEach(
        (from, to) ->
            noClasses()
                .that()
                .resideInAPackage(inside(from))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbiddenTo(from, to))
                .check(imported));
  }

  @ArchTest
  static void leaves_seeOnlyLeavesAndWords(com.tngtech.archunit.core.domain.JavaClasses imported) {
    for (String leaf : LEAVES) {
      noClasses()
          .that()
          .resideInAPackage(inside(leaf))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(forbiddenTo(leaf, List.of("access")))
          .check(imported);
    }
  }

  @ArchTest
  static void eachLibrary_hasItsPackage(com.tngtech.archunit.core.domain.JavaClasses imported) {
    Map<String, String[]> homes =
        Map.of(
            "io.vertx.redis..", homes("store"),
            "io.vertx.mqtt..", homes("door", "client"),
            "io.vertx.ext.web..", homes("http"),
            "io.micrometer..", homes("metrics", "app"),
            "io.prometheus..", homes("metrics"),
            "io.opentelemetry..", homes("tracing"),
            "picocli..", homes("app"),
            "com.github.benmanes.caffeine..", homes("directory"),
            "org.bouncycastle..", homes("signing", "app"));
    homes.forEach(
        (library, packages) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(imported));
  }

  @ArchTest
  static final ArchRule ONLY_TIME_READS_A_CLOCK =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vestibule.time..")
          .should()
          .callMethodWhere(describe("reads a clock", ArchitectureTest::readsAClock));

  @ArchTest
  static final ArchRule NOTHING_BLOCKS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vestibule.app..")
          .should()
          .callMethodWhere(describe("blocks its thread", ArchitectureTest::blocks));

  @ArchTest
  static final ArchRule NOTHING_IS_SYNCHRONIZED =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("io.vestibule..")
          .should()
          .notHaveModifier(JavaModifier.SYNCHRONIZED);

  private static boolean readsAClock(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getTarget().getName();
    return (owner.equals(System.class.getName())
            && Set.of("currentTimeMillis", "nanoTime").contains(name))
        || (owner.equals(Instant.class.getName()) && name.equals("now"))
        || owner.equals(Clock.class.getName())
        || (owner.startsWith("java.time.") && name.equals("now"));
  }

  private static boolean blocks(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getTarget().getName();
    return (owner.equals(Thread.class.getName()) && Set.of("sleep", "join").contains(name))
        || (owner.equals("io.vertx.core.Future") && name.equals("await"))
        || (owner.startsWith("java.util.concurrent.")
            && Set.of("await", "join", "get", "acquire", "take").contains(name)
            && !owner.contains("ConcurrentHashMap")
            && !owner.contains("ConcurrentMap")
            && !owner.contains(".atomic."));
  }

  private static String inside(String name) {
    return "io.vestibule." + name + "..";
  }

  private static String[] homes(String... names) {
    List<String> packages = new ArrayList<>();
    for (String name : names) {
      packages.add(inside(name));
    }
    return packages.toArray(String[]::new);
  }

  private static String[] forbiddenTo(String from, List<String> seen) {
    List<String> forbidden = new ArrayList<>();
    for (String other : SEES.keySet()) {
      if (!other.equals(from) && !seen.contains(other)) {
        forbidden.add(inside(other));
      }
    }
    if (!from.equals("access") && !seen.contains("access")) {
      forbidden.add(inside("access"));
    }
    return forbidden.toArray(String[]::new);
  }
}
