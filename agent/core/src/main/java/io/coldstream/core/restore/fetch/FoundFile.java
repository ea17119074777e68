package io.coldstream.core.restore.fetch;

import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.target.ReusedDatabase;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.chunk.ChunkId;
import io.coldstream.eventstore.log.WholeRecords;
import io.coldstream.eventstore.log.WholeRecords.Stretch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A local file that is not the planned one, but may hold parts of it: a damaged one, or one of an
 * earlier or later state. The parts are likely, not proved: whoever takes them compares the digest of
 * the whole.
 */
final class FoundFile {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final Disk disk;
  private final Path path;
  private final List<Stretch> parts;

  private FoundFile(Disk disk, Path path, List<Stretch> parts) {
    this.disk = disk;
    this.path = path;
    this.parts = parts;
  }

  /** A file with nothing in it. */
  static FoundFile none(Disk disk) {
    return new FoundFile(disk, Path.of(""), List.of());
  }

  /**
   * Looks which parts of a planned file a local one may hold: of an unscavenged chunk its whole
   * records, of any other file its beginning, when it is cut off.
   */
  static FoundFile of(Disk disk, Path path, PlannedFile planned) throws IOException {
    Optional<DiskEntry> there = disk.look(path).filter(DiskEntry::isFile);
    if (there.isEmpty()) {
      return none(disk);
    }
    Optional<ChunkEntry> chunk = planned.entry().chunk();
    if (chunk.isPresent() && !chunk.get().scavenged()) {
      return new FoundFile(disk, path, wholeRecords(disk, path, chunk.get(), planned));
    }
    long length = there.get().lengthBytes();
    return new FoundFile(
        disk,
        path,
        length > 0 && length < planned.entry().lengthBytes()
            ? List.of(new Stretch(0, length))
            : List.of());
  }

  /** Offsets in the file, of a chunk that begins as the planned one. */
  private static List<Stretch> wholeRecords(
      Disk disk, Path path, ChunkEntry chunk, PlannedFile planned) throws IOException {
    Optional<ChunkHeader> header = ReusedDatabase.header(disk, path)
        .filter(found -> found.isIdentity() && found.id().equals(ChunkId.parse(chunk.chunkId())));
    if (header.isEmpty()) {
      return List.of();
    }
    long start = header.get().startPosition();
    long toOffset = ChunkHeader.LENGTH_BYTES - start;
    long dataEnd = chunk.footerMd5().isPresent()
        ? start + chunk.logicalDataBytes()
        : planned.entry().lengthBytes() - toOffset;
    return WholeRecords.find(
            planned.name(), start, dataEnd, position -> from(disk, path, position + toOffset))
        .stream()
        .map(part -> new Stretch(part.start() + toOffset, part.end() + toOffset))
        .toList();
  }

  private static InputStream from(Disk disk, Path path, long offset) throws IOException {
    InputStream in = disk.open(path);
    in.skipNBytes(Math.min(offset, disk.look(path).map(DiskEntry::lengthBytes).orElse(0L)));
    return in;
  }

  /** Whether it holds nothing of use. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** {@return how much of a range it holds from the range's start on, in bytes; 0 when none} */
  long heldAt(long from, long to) {
    return parts.stream()
        .filter(part -> part.start() <= from && from < part.end())
        .mapToLong(part -> Math.min(part.end(), to) - from)
        .findFirst()
        .orElse(0);
  }

  /** {@return where the next part begins that this holds, at most {@code to}} */
  long nextFrom(long from, long to) {
    return parts.stream().mapToLong(Stretch::start).filter(start -> start > from).min().stream()
        .map(start -> Math.min(start, to))
        .findFirst()
        .orElse(to);
  }

  /** Hands on a range that it holds. */
  void read(long from, long lengthBytes, ObjectReader.Sink sink) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, lengthBytes)];
    try (InputStream in = from(disk, path, from)) {
      long left = lengthBytes;
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          return; // the digest of the whole will tell
        }
        sink.accept(buffer, 0, count);
        left -= count;
      }
    }
  }
}
