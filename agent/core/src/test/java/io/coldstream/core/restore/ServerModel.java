package io.coldstream.core.restore;

import io.coldstream.core.support.disk.Disk;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server does with the directory that it is started on, and what it leaves when it refuses
 * ({@code database-files.md#s14-1}, with {@code database-files.md#s2}, {@code
 * database-files.md#s3-4} to {@code database-files.md#s3-7} and {@code database-files.md#s6}).
 * Where these do not tell, it starts: a test that forbids a start is then the stricter.
 *
 * @param profile the server's version
 */
record ServerModel(Profile profile) {

  /** What a start does. */
  enum Answer {
    /** It makes a new, empty database. */
    STARTS_EMPTY,
    /** It starts with the log up to writer.chk. */
    STARTS,
    /** It drops the log from truncate.chk on, and starts, from 24.6 on the second time. */
    TRUNCATES,
    /** It exits with 1 and leaves every file as it was. */
    REFUSES,
    /** It deletes a chunk that writer.chk does not reach, whether it then starts or not. */
    DELETES
  }

  private static final long DEFAULT_CHUNK_SIZE_BYTES = 256L << 20;
  private static final long MAX_TRUNCATION_BYTES = 256L << 20;

  /** Every version that was tried. */
  static List<ServerModel> all() {
    return Arrays.stream(Profile.values()).map(ServerModel::new).toList();
  }

  /** What a start does with a directory. */
  Answer start(DatabaseSet directory) {
    try {
      Files files = Files.of(directory);
      long truncate = value(directory, CheckpointName.TRUNCATE);
      return truncate == initial(CheckpointName.TRUNCATE)
          ? open(directory, files)
          : truncate(directory, files, truncate);
    } catch (DatabaseException e) {
      return Answer.REFUSES;
    }
  }

  /** Puts on a disk what a refused start leaves: what was there keeps its bytes. */
  void refuse(Disk disk, Path database, Path index) throws IOException {
    for (CheckpointName name : CheckpointName.values()) {
      create(disk, database.resolve(name.fileName()), bytes(initial(name)));
    }
    if (profile.filters()) {
      Path filter = index.resolve("stream-existence");
      disk.createFolders(filter);
      create(disk, filter.resolve("streamExistenceFilter.chk"), bytes(-1));
      create(disk, filter.resolve("streamExistenceFilter.dat"), new byte[64]);
    }
    if (profile == Profile.V26_1) {
      create(disk, database.resolve("kurrent.ddb"), new byte[64]);
    }
  }

  private static void create(Disk disk, Path file, byte[] content) throws IOException {
    if (disk.look(file).isEmpty()) {
      disk.write(file, content);
    }
  }

  /** The truncator comes before every check; it lowers chaser.chk, however high that is. */
  private Answer truncate(DatabaseSet directory, Files files, long to) {
    long writer = value(directory, CheckpointName.WRITER);
    boolean refuses = writer - to > MAX_TRUNCATION_BYTES
        || files.latest().containsKey(writer / files.chunkSizeBytes() + 1)
        || !files.latest().isEmpty() && !files.covers(to / files.chunkSizeBytes());
    return refuses ? Answer.REFUSES : Answer.TRUNCATES;
  }

  private Answer open(DatabaseSet directory, Files files) {
    long writer = value(directory, CheckpointName.WRITER);
    if (value(directory, CheckpointName.CHASER) > writer
        || value(directory, CheckpointName.EPOCH) > writer) {
      return Answer.REFUSES;
    }
    long active = writer / files.chunkSizeBytes();
    if (!files.latest().tailMap(active, false).isEmpty()) {
      boolean deletes = profile.deletesExcessChunk()
          && files.latest().containsKey(active + 1)
          && files.latest().get(active + 1).name().version() == 0;
      return deletes ? Answer.DELETES : Answer.REFUSES;
    }
    long local = writer % files.chunkSizeBytes();
    Optional<Chunk> last = Optional.ofNullable(files.latest().get(active));
    if (!files.covers(active)
        || local > 0 && last.isEmpty()
        || last.isPresent() && last.get().lengthBytes() < ChunkHeader.LENGTH_BYTES + local) {
      return Answer.REFUSES;
    }
    return files.latest().isEmpty() ? Answer.STARTS_EMPTY : Answer.STARTS;
  }

  /** A missing file gets its initial value; a shorter one counts as if zeros followed. */
  private static long value(DatabaseSet directory, CheckpointName name) {
    byte[] bytes = directory.root().get(name.fileName());
    return bytes == null
        ? initial(name)
        : ByteBuffer.wrap(Arrays.copyOf(bytes, Checkpoint.LENGTH_BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
  }

  private static long initial(CheckpointName name) {
    return name.canBeUnset() ? -1 : 0;
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Checkpoint.LENGTH_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(value)
        .array();
  }

  private record Chunk(ChunkFileName name, ChunkHeader header, long lengthBytes) {}

  /** The chunk files, of each first number the latest version. */
  private record Files(NavigableMap<Long, Chunk> latest) {

    static Files of(DatabaseSet directory) throws DatabaseException {
      NavigableMap<Long, Chunk> latest = new TreeMap<>();
      for (var file : directory.root().entrySet()) {
        Optional<ChunkFileName> name = ChunkFileName.parse(file.getKey());
        if (name.isPresent()) {
          byte[] head = Arrays.copyOf(file.getValue(), ChunkHeader.LENGTH_BYTES);
          ChunkHeader header = ChunkHeader.parse(head, file.getKey());
          latest.put(
              (long) name.get().number(), new Chunk(name.get(), header, file.getValue().length));
        }
      }
      return new Files(latest);
    }

    long chunkSizeBytes() {
      return latest.isEmpty()
          ? DEFAULT_CHUNK_SIZE_BYTES
          : latest.firstEntry().getValue().header().chunkSizeBytes();
    }

    /** Whether every chunk number below one has a file, its own or a merged one. */
    boolean covers(long number) {
      long next = 0;
      while (next < number) {
        Chunk chunk = latest.get(next);
        if (chunk == null) {
          return false;
        }
        next = chunk.header().lastNumber() + 1L;
      }
      return true;
    }
  }
}
