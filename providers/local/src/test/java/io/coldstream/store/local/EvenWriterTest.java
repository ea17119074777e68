package io.coldstream.store.local;

import static io.coldstream.store.local.EvenWriter.BLOCK_BYTES;
import static io.coldstream.store.local.EvenWriter.SYNC_EVERY_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.ObjectName;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.disk.DiskLimits;
import io.coldstream.store.testkit.LogLines;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvenWriterTest {

  private static final IOException NO_ROOM = new IOException("No space left on device");

  private final List<String> log = new ArrayList<>();
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();
  private final byte[] content = new byte[BLOCK_BYTES * 40];
  private final byte[] file = new byte[content.length];
  private Optional<IOException> openingFails = Optional.empty();
  private Optional<IOException> directFails = Optional.empty();
  private final EvenWriter writer =
      new EvenWriter(new Memory("cached", Optional.empty()), this::openDirect, buffers);

  EvenWriterTest() {
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i % 251);
    }
  }

  private EvenWriter.Target openDirect() throws IOException {
    log.add("open");
    if (openingFails.isPresent()) {
      throw openingFails.get();
    }
    return new Memory("direct", directFails);
  }

  /** Takes at most half a block at once, as a file may. */
  private final class Memory implements EvenWriter.Target {
    private final String name;
    private final Optional<IOException> failure;

    Memory(String name, Optional<IOException> failure) {
      this.name = name;
      this.failure = failure;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      if (failure.isPresent()) {
        throw failure.get();
      }
      int count = Math.min(bytes.remaining(), BLOCK_BYTES / 2);
      bytes.get(file, (int) position, count);
      log.add(name);
      return count;
    }

    @Override
    public void sync() {
      log.add("sync");
    }

    @Override
    public void close() {
      log.add("close " + name);
    }
  }

  private void write(int position, int length) throws IOException {
    writer.write(Arrays.copyOfRange(content, position, position + length), length, position);
  }

  private void assertWritten(int from, int to) {
    assertThat(Arrays.copyOfRange(file, from, to)).isEqualTo(Arrays.copyOfRange(content, from, to));
  }

  @Test
  void onlyWholeBlocksBypassThePageCache() throws IOException {
    write(0, BLOCK_BYTES);
    write(BLOCK_BYTES, BLOCK_BYTES);
    write(2 * BLOCK_BYTES, 4096);
    assertWritten(0, 2 * BLOCK_BYTES + 4096);
    assertThat(log).containsExactly("open", "direct", "direct", "direct", "direct", "cached");
    writer.close();
    assertThat(log).endsWith("close direct").doesNotContain("close cached");
    assertThat(buffers).hasSize(1).allMatch(buffer -> buffer.alignmentOffset(0, 4096) == 0);
  }

  @Test
  void aSmallFileIsNotOpenedTwice() throws IOException {
    write(0, BLOCK_BYTES - 1);
    writer.close();
    assertThat(log).containsExactly("cached", "cached");
  }

  @Test
  void aBlockAtAnUnalignedPositionGoesThroughThePageCache() throws IOException {
    write(0, 100);
    write(100, BLOCK_BYTES);
    assertWritten(0, 100 + BLOCK_BYTES);
    assertThat(log).containsOnly("cached");
  }

  @Test
  void withoutDirectWritesAFileIsSyncedEveryFewMebibytes() throws IOException {
    openingFails = Optional.of(new IOException("Invalid argument"));
    int blocks = 2 * SYNC_EVERY_BYTES / BLOCK_BYTES;
    for (int block = 0; block < blocks; block++) {
      write(block * BLOCK_BYTES, BLOCK_BYTES);
    }
    assertWritten(0, blocks * BLOCK_BYTES);
    assertThat(Collections.frequency(log, "open")).isEqualTo(1);
    List<String> half = new ArrayList<>(Collections.nCopies(blocks, "cached"));
    half.add("sync");
    assertThat(log.subList(1, log.size()))
        .containsExactlyElementsOf(
            () -> List.of(half, half).stream().flatMap(List::stream).iterator());
  }

  @Test
  void aRefusalIsLoggedOnceForAFile() throws IOException {
    openingFails = Optional.of(new IOException("Invalid argument"));
    try (LogLines lines = new LogLines()) {
      write(0, BLOCK_BYTES);
      write(BLOCK_BYTES, BLOCK_BYTES);
      assertThat(lines.lines()).hasSize(1);
      assertThat(lines.lines().get(0))
          .startsWith("DEBUG EvenWriter: direct writes are refused")
          .endsWith("Invalid argument");
    }
  }

  @Test
  void aFileSystemThatRefusesDirectWritesIsWrittenThroughThePageCache() throws IOException {
    directFails = Optional.of(new IOException("Invalid argument"));
    write(0, BLOCK_BYTES);
    write(BLOCK_BYTES, BLOCK_BYTES);
    assertWritten(0, 2 * BLOCK_BYTES);
    assertThat(log).containsExactly("open", "cached", "cached", "cached", "cached");
    // Not before the end: closing any descriptor of a file ends the locks on it.
    writer.close();
    assertThat(log).endsWith("close direct");
  }

  @Test
  void anInterruptIsNotARefusalOfDirectWrites() {
    directFails = Optional.of(new ClosedByInterruptException());
    assertThatThrownBy(() -> write(0, BLOCK_BYTES)).isInstanceOf(ClosedByInterruptException.class);
    assertThat(log).containsExactly("open");
    assertThat(buffers).hasSize(1);
  }

  @Test
  void aFullDiskIsReported() {
    directFails = Optional.of(NO_ROOM);
    EvenWriter full =
        new EvenWriter(new Memory("cached", Optional.of(NO_ROOM)), this::openDirect, buffers);
    assertThatThrownBy(() -> full.write(content, BLOCK_BYTES, 0)).isSameAs(NO_ROOM);
  }

  @Test
  void aPutWritesWholeBlocksHoweverItsSourceDeliversThem(@TempDir Path place) throws IOException {
    RandomSource source = new RandomSource(1, 2 * BLOCK_BYTES + 5);
    List<Integer> lengths = new ArrayList<>();
    FileOps ops = new DiskFileOps() {
      @Override
      public Output create(Path path) throws IOException {
        return new Noting(super.create(path), lengths);
      }
    };
    Path root = place.resolve("repo");
    try (LocalStore store =
        new LocalStore(root, ops, new DiskLimits(limit -> {}), Clock.systemUTC(), 1 << 20, 10)) {
      store.put(new PutRequest(new ObjectName("a.b"), source, Placement.BULK));
    }
    assertThat(lengths).containsExactly(BLOCK_BYTES, BLOCK_BYTES, 5);
    assertThat(root.resolve("a.b")).hasBinaryContent(source.bytes());
  }

  private static final class Noting extends DelegatingOutput {
    private final List<Integer> lengths;

    Noting(FileOps.Output out, List<Integer> lengths) {
      super(out);
      this.lengths = lengths;
    }

    @Override
    public void write(byte[] bytes, int length, long position) throws IOException {
      lengths.add(length);
      super.write(bytes, length, position);
    }
  }
}
