package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.Shell.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for a secret in what a command printed, and in what it keeps for the next one. */
final class Leaks {

  private Leaks() {}

  /** Looks everywhere. */
  static void assertNone(Ran ran, Path state, String secret) throws IOException {
    assertThat(ran.everything()).doesNotContain(secret);
    assertThat(holding(state, secret)).isEmpty();
  }

  /** The files below a folder that hold a text. */
  static List<Path> holding(Path folder, String text) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
