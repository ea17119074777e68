package io.coldstream.eventstore.testing.model;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which chunk files are on the model's disk, and what they hold. */
final class ChunkTable {

  /**
   * One chunk file.
   *
   * @param header its header
   * @param version its version
   * @param completed whether the server takes it for completed
   * @param kept the records of a scavenged file; of an unscavenged one the ledger knows them
   */
  record ChunkFile(
      ChunkImage.Header header, int version, boolean completed, List<Ledger.Entry> kept) {

    String name() {
      return ChunkImage.name(first(), version);
    }

    int first() {
      return header.firstNumber();
    }

    int last() {
      return header.lastNumber();
    }

    long start() {
      return header.startPosition();
    }

    long end() {
      return (last() + 1L) * header.chunkSizeBytes();
    }

    ChunkFile withCompleted(boolean value) {
      return new ChunkFile(header, version, value, kept);
    }
  }

  private final NavigableMap<String, ChunkFile> files = new TreeMap<>();

  void put(ChunkFile file) {
    files.put(file.name(), file);
  }

  void remove(ChunkFile file) {
    files.remove(file.name());
  }

  List<ChunkFile> all() {
    return List.copyOf(files.values());
  }

  /** The latest versions, by the walk of {@code database-files.md#s3-4}. */
  List<ChunkFile> cover() {
    List<ChunkFile> cover = new ArrayList<>();
    for (ChunkFile file : files.values()) {
      ChunkFile before = cover.isEmpty() ? null : cover.get(cover.size() - 1);
      if (before != null && before.first() == file.first()) {
        cover.set(cover.size() - 1, file);
      } else if (before == null || file.first() > before.last()) {
        cover.add(file);
      }
    }
    return cover;
  }

  /** Files that the walk passes over. */
  List<ChunkFile> superseded() {
    List<ChunkFile> rest = new ArrayList<>(files.values());
    rest.removeAll(cover());
    return rest;
  }

  Optional<ChunkFile> holding(int number) {
    return cover().stream()
        .filter(file -> file.first() <= number && number <= file.last())
        .findFirst();
  }

  int nextVersion(int first) {
    return files.values().stream()
            .filter(file -> file.first() == first)
            .mapToInt(ChunkFile::version)
            .max()
            .orElse(-1)
        + 1;
  }

  int highest() {
    return files.values().stream().mapToInt(ChunkFile::last).max().orElse(-1);
  }
}
