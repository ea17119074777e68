package io.coldstream.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Compares a restored database with its original byte by byte, independently of the engine.
 *
 * @param files how many files were compared
 * @param bytes how many bytes of the restored files
 * @param differences what is not as it should be; empty when all is well
 */
public record Comparison(int files, long bytes, List<String> differences) {

  private static final int CHUNK_HEADER_BYTES = 128;
  private static final int MIN_CHUNK_BYTES = 256;
  private static final byte[] NOT_SET = new byte[] {-1, -1, -1, -1, -1, -1, -1, -1};

  public Comparison {
    differences = List.copyOf(differences);
  }

  /**
   * Compares every file of both directories.
   *
   * @param original the database as it was when it was backed up, stopped cleanly
   * @param restored what a restore made of the backup
   * @param chunkSizeBytes how much log a chunk of it holds
   * @return what was found
   * @throws IOException when one of them cannot be read
   */
  public static Comparison of(Path original, Path restored, long chunkSizeBytes)
      throws IOException {
    Work work = new Work(original, restored, chunkSizeBytes);
    for (Path file : Folders.files(original)) {
      if (!isLeftOut(file)) {
        work.compare(file);
      }
    }
    work.requireNothingElse();
    if (work.files == 0) {
      work.differences.add("nothing was compared");
    }
    return new Comparison(work.files, work.bytes, work.differences);
  }

  /** Files that the server rebuilds, and a backup therefore excludes. */
  private static boolean isLeftOut(Path file) {
    return file.startsWith(Path.of("index", "stream-existence"))
        || file.startsWith(Path.of("index", "scavenging"))
        || file.startsWith("kurrent.ddb");
  }

  /** The state of one comparison. */
  private static final class Work {
    private static final Set<String> OURS = Set.of("coldstream-restored.json");

    private final Path original;
    private final Path restored;
    private final long chunkSizeBytes;
    private final List<String> differences = new ArrayList<>();
    private int files;
    private long bytes;

    Work(Path original, Path restored, long chunkSizeBytes) {
      this.chunkSizeBytes = chunkSizeBytes;
      this.original = original;
      this.restored = restored;
    }

    void compare(Path file) throws IOException {
      if (!Files.exists(restored.resolve(file))) {
        differences.add(file + " is missing");
        return;
      }
      byte[] is = Files.readAllBytes(restored.resolve(file));
      byte[] was = expected(file);
      files++;
      bytes += is.length;
      int at = Arrays.mismatch(is, was);
      if (at >= 0) {
        differences.add(file + " differs at byte " + at + " (" + is.length + " bytes, expected "
            + was.length + ")");
      }
    }

    /** A node that stopped cleanly has its log up to the writer's position and no more. */
    private byte[] expected(Path file) throws IOException {
      byte[] was = Files.readAllBytes(original.resolve(file));
      return switch (file.toString()) {
        case "truncate.chk" -> NOT_SET;
        case "chaser.chk" -> Files.readAllBytes(original.resolve("writer.chk"));
        default -> file.equals(activeChunk()) ? upToWriter(was) : was;
      };
    }

    private Path activeChunk() throws IOException {
      return Path.of(String.format(Locale.ROOT, "chunk-%06d.000000", writer() / chunkSizeBytes));
    }

    private byte[] upToWriter(byte[] was) throws IOException {
      int held = (int) (CHUNK_HEADER_BYTES + writer() % chunkSizeBytes);
      byte[] expected = new byte[Math.max(held, MIN_CHUNK_BYTES)];
      System.arraycopy(was, 0, expected, 0, held);
      return expected;
    }

    private long writer() throws IOException {
      return ByteBuffer.wrap(Files.readAllBytes(original.resolve("writer.chk")))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();
    }

    void requireNothingElse() throws IOException {
      for (Path file : Folders.files(restored)) {
        if (!Files.exists(original.resolve(file)) && !OURS.contains(file.toString())) {
          differences.add(file + " was not in the original");
        }
      }
    }
  }
}
