package io.coldstream.cli.benchmark;

import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.WrittenChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files that are measured with, all in one folder. */
record Workspace(Path folder, List<String> completedChunks, long bytes) {

  private static final int ACTIVE_BYTES = 64 << 10;
  private static final int RECORD_BYTES = 16 << 10;

  /** Makes the database and leaves it in the page cache, with nothing waiting to be written. */
  static Workspace generate(Path folder, int chunks, int chunkBytes) throws IOException {
    Shape shape =
        new Shape(chunkBytes, chunks, chunkBytes, ACTIVE_BYTES, RECORD_BYTES, 4, true, 4, 1);
    Path database = folder.resolve("database");
    List<WrittenChunk> completed =
        SyntheticDatabase.write(database, shape).chunks().subList(0, chunks);
    sync(database);
    return new Workspace(
        folder,
        completed.stream().map(WrittenChunk::name).toList(),
        completed.stream().mapToLong(WrittenChunk::lengthBytes).sum());
  }

  Path database() {
    return folder.resolve("database");
  }

  Path restored() {
    return folder.resolve("restored");
  }

  /** For a server that keeps its objects on the disk. */
  Path serverFolder() {
    return folder.resolve("server");
  }

  Path log() {
    return folder.resolve("log");
  }

  /**
   * Compares what came back, byte by byte.
   *
   * @return how many files were compared
   */
  int requireSame(Client.Kind kind) throws IOException {
    List<Path> files = new ArrayList<>(completedChunks.stream().map(Path::of).toList());
    if (kind == Client.Kind.DATABASE) {
      files.add(Path.of("writer.chk"));
      files.addAll(relative(database().resolve("index")));
    }
    for (Path file : files) {
      if (Files.mismatch(database().resolve(file), restored().resolve(file)) >= 0) {
        throw new IOException(file + " did not come back as it was");
      }
    }
    return files.size();
  }

  /**
   * Reads the database and writes as much, so that the page cache is warm and memory that was free for
   * a while is not handed out slowly by the machine below, whoever comes first.
   */
  void warmUp() throws IOException {
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy);
    for (String chunk : completedChunks) {
      Files.copy(database().resolve(chunk), copy.resolve(chunk));
    }
    sync(copy);
    delete(copy);
  }

  /** Drops the completed chunks from the page cache: most of a database is not in it. */
  void coolDown() throws IOException, InterruptedException {
    for (String chunk : completedChunks) {
      String file = "if=" + database().resolve(chunk);
      Meter.run(new ProcessBuilder("dd", file, "iflag=nocache", "count=0"), log());
    }
  }

  /** Removes what came back, and what the server held. */
  void discardRestored() {
    delete(restored());
    delete(serverFolder());
  }

  private List<Path> relative(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(Files::isRegularFile).map(database()::relativize).toList();
    }
  }

  private static void sync(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  /** Removes a folder with all in it, where it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be removed: " + folder, e);
    }
  }
}
