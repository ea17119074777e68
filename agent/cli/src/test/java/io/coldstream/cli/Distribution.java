package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The distribution as a user has it: unpacked by {@code tar}, once for all tests of this JVM, into
 * a folder whose name is hard on class paths.
 */
final class Distribution {

  private static final Path TARBALL = Path.of(System.getProperty("coldstream.distribution"));
  private static final Path UNPACKED = unpack();

  private Distribution() {}

  static Path tarball() {
    return TARBALL;
  }

  /** The folder that the tarball contains. */
  static Path folder() {
    return UNPACKED;
  }

  static Path launcher() {
    return UNPACKED.resolve("bin/coldstream");
  }

  /** The file names of its jars. */
  static List<String> jars() throws IOException {
    return names(UNPACKED.resolve("lib"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path unpack() {
    Path into = TARBALL.resolveSibling("unpacked 100%25 #1");
    try {
      remove(into);
      Files.createDirectory(into);
      Process tar = new ProcessBuilder("tar", "-xzf", TARBALL.toString(), "-C", into.toString())
          .inheritIO()
          .start();
      assertThat(tar.waitFor()).as("tar -xzf %s", TARBALL).isZero();
      assertThat(names(into)).hasSize(1);
      return into.resolve(names(into).get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
