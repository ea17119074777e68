package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the distribution contains. */
class DistributionIT {

  private static final long MAX_TARBALL_BYTES = 60_000_000;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  @Test
  void itsJarsAreExactlyTheClassPathOfTheCommand() throws IOException {
    List<String> own = Distribution.jars().stream()
        .filter(name -> name.startsWith("coldstream-cli-"))
        .toList();
    assertThat(own).hasSize(1);
    List<String> needed = new ArrayList<>(own);
    Path jar = Distribution.folder().resolve("lib").resolve(own.get(0));
    try (JarFile opened = new JarFile(jar.toFile())) {
      Attributes manifest = opened.getManifest().getMainAttributes();
      needed.addAll(List.of(manifest.getValue(Attributes.Name.CLASS_PATH).split(" ")));
    }

    assertThat(Distribution.jars()).containsExactlyInAnyOrderElementsOf(needed);
    assertThat(needed).hasSizeGreaterThan(100);
  }

  @Test
  void itsTarballIsNotLargerThanAllowed() throws IOException {
    assertThat(Files.size(Distribution.tarball()))
        .as(
            "bytes of %s: see what was added to lib (ls -lS) and exclude what is not used,"
                + " as src/adr/0027 does",
            Distribution.tarball())
        .isLessThanOrEqualTo(MAX_TARBALL_BYTES);
  }

  @Test
  void everyRelativeLinkOfItsPagesLeadsToAFile() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (target.contains(":")) {
          continue;
        }
        links++;
        if (!Files.exists(page.resolveSibling(target))) {
          broken.add(Distribution.folder().relativize(page) + ": " + link.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(30);
  }

  /** A path of a checkout is not there for the reader of a tarball. */
  @Test
  void theReadmeHasTheDemoOfTheTarballAndThatOfACheckout() throws IOException {
    Path readme = Distribution.folder().resolve("README.md");
    List<String> launchers = Files.readAllLines(readme).stream()
        .filter(line -> line.endsWith("bin/coldstream demo"))
        .map(line -> line.strip().replaceFirst(" demo$", ""))
        .toList();

    assertThat(launchers).hasSize(2);
    assertThat(launchers)
        .filteredOn(path -> Files.isExecutable(Distribution.folder().resolve(path)))
        .hasSize(1);
    assertThat(launchers)
        .filteredOn(path -> Files.isExecutable(Pages.root().resolve(path)))
        .hasSize(1);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> all = Files.walk(Distribution.folder())) {
      return all.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
