package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tests of every module run with the library versions that the distribution contains. The build
 * leaves the class path of each module's tests in {@code target/test-class-path}.
 */
class ShippedVersionsIT {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  @Test
  void everyModuleIsTestedWithTheVersionsThatAreShipped() throws IOException {
    Map<Path, Path> shipped = shipped();
    List<String> differing = new ArrayList<>();
    int compared = 0;
    for (Path module : modules()) {
      for (Path jar : classPath(module)) {
        Path version = shipped.get(library(jar));
        if (version != null) {
          compared++;
          if (!version.equals(version(jar))) {
            differing.add(ROOT.relativize(module) + " is tested with " + jar.getFileName()
                + ", but " + version + " is shipped");
          }
        }
      }
    }

    assertThat(differing).isEmpty();
    assertThat(compared).isGreaterThan(300);
  }

  /** The version of each library in the distribution. */
  private static Map<Path, Path> shipped() throws IOException {
    Set<String> jars = Set.copyOf(Distribution.jars());
    Map<Path, Path> versions = new HashMap<>();
    int found = 0;
    for (Path jar : classPath(ROOT.resolve("agent/cli"))) {
      if (jars.contains(jar.getFileName().toString())) {
        found++;
        versions.put(library(jar), version(jar));
      }
    }
    assertThat(found).as("jars, less that of the command").isEqualTo(jars.size() - 1);
    return versions;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.walk(ROOT, 2)) {
      List<Path> modules = folders
          .filter(folder -> !folder.equals(ROOT) && Files.exists(folder.resolve("pom.xml")))
          .toList();
      assertThat(modules).hasSizeGreaterThanOrEqualTo(9);
      return modules;
    }
  }

  private static List<Path> classPath(Path module) throws IOException {
    return Stream.of(
            Files.readString(module.resolve("target/test-class-path")).split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  /** In a local Maven repository a jar is at GROUP/LIBRARY/VERSION/JAR. */
  private static Path library(Path jar) {
    return jar.getParent().getParent();
  }

  private static Path version(Path jar) {
    return jar.getParent().getFileName();
  }
}
