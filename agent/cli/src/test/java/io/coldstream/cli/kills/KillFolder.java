package io.coldstream.cli.kills;

import io.coldstream.cli.demo.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The files of one round; removed when this process ends. */
record KillFolder(Path root) {

  static KillFolder make(Path folder) throws IOException {
    if (Files.exists(folder)) {
      throw new IOException(folder + " exists; remove it, or name another --work");
    }
    KillFolder made = new KillFolder(Files.createDirectories(folder).toRealPath());
    Runtime.getRuntime().addShutdownHook(new Thread(made::delete, "kills-cleaning"));
    return made;
  }

  Path database() {
    return root.resolve("database");
  }

  Path restored() {
    return root.resolve("restored");
  }

  Path server() {
    return root.resolve("server");
  }

  Path state(int number) {
    return root.resolve("state-" + number);
  }

  Path log() {
    return root.resolve("log");
  }

  Path config() throws IOException {
    Path file = root.resolve("coldstream.yaml");
    Files.writeString(file, "{}\n");
    return file;
  }

  /** Compares every byte; gives the number of files. */
  int requireSame(int chunkBytes) throws IOException {
    Comparison compared = Comparison.of(database(), restored(), chunkBytes);
    if (!compared.differences().isEmpty()) {
      throw new IOException("did not come back as it was: " + compared.differences());
    }
    return compared.files();
  }

  private void delete() {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be removed: " + root, e);
    }
  }
}
