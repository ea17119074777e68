package io.coldstream.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.coldstream.core.repository.Repository;
import io.coldstream.store.spi.StoreProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The arrows between modules and packages: cli → core → (eventstore, port), adapters → port, and
 * nothing else.
 *
 * <p>It stands in this module because only this one sees all the others.
 */
class ArchitectureTest {

  private static final String PORT = "io.coldstream.store";
  private static final String SPI = "io.coldstream.store.spi";
  private static final String DECORATE = "io.coldstream.store.decorate";
  private static final String CLOUD = "io.coldstream.store.cloud";
  private static final String WORK = "io.coldstream.store.work";
  private static final String NETWORK = "io.coldstream.store.network";
  private static final String DISK = "io.coldstream.store.disk";
  private static final String[] ADAPTERS = {
    "io.coldstream.store.azure..",
    "io.coldstream.store.gcs..",
    "io.coldstream.store.local..",
    "io.coldstream.store.s3.."
  };

  private static final JavaClasses OURS = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      // Test code of other modules comes in jars.
      .withImportOption(location -> !location.contains("/emulator/"))
      .withImportOption(location -> !location.contains("/testkit/"))
      .importPackages("io.coldstream");

  /** What a package of the port's module may see beside the JDK, the log and itself. */
  @ParameterizedTest
  @CsvSource({
    PORT + ",",
    SPI + ", " + PORT,
    DECORATE + ", " + PORT + "|" + SPI,
    WORK + ",",
    DISK + ",",
    NETWORK + ", " + PORT + "|" + SPI + "|javax.net..",
    CLOUD + ", " + PORT + "|" + SPI + "|" + WORK + "|" + NETWORK,
  })
  void thePortsModuleDependsOnTheJdkAndTheLogAlone(String one, String others) {
    classes()
        .that()
        .resideInAPackage(one)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(Stream.concat(
                Stream.of("java..", "org.slf4j", one),
                others == null ? Stream.empty() : Stream.of(others.split("\\|")))
            .toArray(String[]::new))
        .check(OURS);
  }

  @Test
  void theDatabaseFilesKnowNeitherBackupsNorStores() {
    classes()
        .that()
        .resideInAPackage("io.coldstream.eventstore..")
        .and()
        .resideOutsideOfPackage("io.coldstream.eventstore.testing..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.coldstream.eventstore..")
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void theEngineSeesNoAdapterAndNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("io.coldstream.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.coldstream.cli..", CLOUD, "picocli..")
        .check(OURS);
    noAdapterIsSeenFrom("io.coldstream.core..");
  }

  /** It is reached as a store is, and what fails on the way is told in the same words. */
  @Test
  void onlyTheClientOfANodeSeesTheNetworkInTheEngine() {
    noClasses()
        .that()
        .resideInAPackage("io.coldstream.core..")
        .and()
        .resideOutsideOfPackage("io.coldstream.core.node")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NETWORK)
        .check(OURS);
  }

  /** What a command does is a package; what they share lies below all of them. */
  @Test
  void theFlowsOfTheEngineShareOnlyWhatLiesBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.coldstream.core..")
        .layer("backup")
        .definedBy("io.coldstream.core.backup..")
        .layer("restore")
        .definedBy("io.coldstream.core.restore..")
        .layer("verify")
        .definedBy("io.coldstream.core.verify..")
        .layer("copy")
        .definedBy("io.coldstream.core.copy..")
        .layer("doctor")
        .definedBy("io.coldstream.core.doctor..")
        .layer("lock")
        .definedBy("io.coldstream.core.lock..")
        .layer("points")
        .definedBy("io.coldstream.core.points..")
        .layer("inspect")
        .definedBy("io.coldstream.core.inspect..")
        .layer("drill")
        .definedBy("io.coldstream.core.drill..")
        .layer("node")
        .definedBy("io.coldstream.core.node..")
        .layer("prune")
        .definedBy("io.coldstream.core.prune..")
        .layer("repository")
        .definedBy("io.coldstream.core.repository..")
        .layer("support")
        .definedBy("io.coldstream.core.support..")
        .whereLayer("backup")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("restore")
        .mayOnlyBeAccessedByLayers("drill")
        .whereLayer("verify")
        .mayOnlyBeAccessedByLayers("prune")
        .whereLayer("prune")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("copy")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("doctor")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("lock")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("points")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("inspect")
        .mayOnlyBeAccessedByLayers("restore")
        .whereLayer("drill")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("node")
        .mayOnlyBeAccessedByLayers("backup", "drill")
        .whereLayer("repository")
        .mayOnlyBeAccessedByLayers(
            "node", "backup", "restore", "points", "verify", "copy", "doctor", "inspect", "drill",
            "prune", "lock")
        .check(OURS);
  }

  @Test
  void theEngineHasNoPackageBesideItsFlowsAndWhatTheyShare() {
    String core = "io.coldstream.core";
    classes()
        .that()
        .resideInAPackage(core + "..")
        .should()
        .resideInAnyPackage(
            core,
            core + ".backup..",
            core + ".restore..",
            core + ".verify..",
            core + ".copy..",
            core + ".doctor..",
            core + ".lock..",
            core + ".points..",
            core + ".inspect..",
            core + ".drill..",
            core + ".node..",
            core + ".prune..",
            core + ".repository..",
            core + ".support..")
        .check(OURS);
  }

  /** capture, plan, upload: each step sees those before it. */
  @Test
  void theStepsOfABackupSeeOnlyThoseBeforeThem() {
    String backup = "io.coldstream.core.backup";
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(backup + "..")
        .layer("run")
        .definedBy(backup)
        .layer("upload")
        .definedBy(backup + ".upload..")
        .layer("plan")
        .definedBy(backup + ".plan..")
        .layer("capture")
        .definedBy(backup + ".capture..")
        .whereLayer("run")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("upload")
        .mayOnlyBeAccessedByLayers("run")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers("run", "upload")
        .check(OURS);
  }

  /** select, plan, target, fetch: each step sees those before it; what is selected only the plan. */
  @Test
  void theStepsOfARestoreSeeOnlyThoseBeforeThem() {
    String restore = "io.coldstream.core.restore";
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(restore + "..")
        .layer("run")
        .definedBy(restore)
        .layer("fetch")
        .definedBy(restore + ".fetch..")
        .layer("target")
        .definedBy(restore + ".target..")
        .layer("plan")
        .definedBy(restore + ".plan..")
        .layer("select")
        .definedBy(restore + ".select..")
        .whereLayer("run")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("fetch")
        .mayOnlyBeAccessedByLayers("run")
        .whereLayer("target")
        .mayOnlyBeAccessedByLayers("run", "fetch")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers("run", "fetch", "target")
        .whereLayer("select")
        .mayOnlyBeAccessedByLayers("run", "plan")
        .check(OURS);
  }

  /** server, events: each step sees those before it. */
  @Test
  void theStepsOfADrillSeeOnlyThoseBeforeThem() {
    String drill = "io.coldstream.core.drill";
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(drill + "..")
        .layer("run")
        .definedBy(drill)
        .layer("events")
        .definedBy(drill + ".events..")
        .layer("server")
        .definedBy(drill + ".server..")
        .whereLayer("run")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("events")
        .mayOnlyBeAccessedByLayers("run")
        .check(OURS);
  }

  @Test
  void thePackagesOfTheEngineHaveNoCycle() {
    slices()
        .matching("io.coldstream.core.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void anAdapterSeesThePortItsSpiAndTheSharedStoreAndNothingElseOfOurs() {
    slices()
        .matching("io.coldstream.store.(*)..")
        .should()
        .notDependOnEachOther()
        // What they are made of, on the JDK and the port alone.
        .ignoreDependency(alwaysTrue(), resideInAnyPackage(SPI, CLOUD, WORK, NETWORK, DISK))
        .allowEmptyShould(true)
        .check(OURS);
    noClasses()
        .that()
        .resideInAPackage("io.coldstream.store.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.coldstream.cli..", "io.coldstream.core..", "io.coldstream.eventstore..")
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void theCommandFindsAdaptersAtRunTimeOnly() {
    noAdapterIsSeenFrom("io.coldstream.cli..");
    noClasses()
        .that()
        .resideInAPackage("io.coldstream.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLOUD, NETWORK)
        .check(OURS);
  }

  private static void noAdapterIsSeenFrom(String packages) {
    noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ADAPTERS)
        .check(OURS);
  }

  /** Every command opens stores and repositories through {@code cli.compose}. */
  @Test
  void onlyTheCompositionRootOpensStoresAndRepositories() {
    noClasses()
        .that()
        .resideInAPackage("io.coldstream.cli..")
        .and()
        .resideOutsideOfPackage("io.coldstream.cli.compose..")
        .should()
        .callMethodWhere(target(name("open"))
            .and(target(owner(assignableTo(StoreProvider.class).or(type(Repository.class))))))
        .check(OURS);
    noClasses()
        .that()
        .resideInAPackage("io.coldstream.cli..")
        .and()
        .doNotHaveSimpleName("StoreLocation")
        .should()
        .callMethodWhere(target(name("open")).and(target(owner(assignableTo(StoreProvider.class)))))
        .check(OURS);
  }

  @ParameterizedTest
  @CsvSource({
    "s3, software.amazon.awssdk..",
    "azure, com.azure..|reactor..|io.netty..",
    "gcs, com.google.api..|com.google.auth..|com.google.cloud..",
  })
  void theSdkOfACloudStaysInItsAdapter(String adapter, String sdk) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.coldstream.store." + adapter + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(sdk.split("\\|"))
        .allowEmptyShould(true)
        .check(OURS);
  }
}
