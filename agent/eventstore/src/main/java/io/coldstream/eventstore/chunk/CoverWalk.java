package io.coldstream.eventstore.chunk;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the cover from sorted file names, by both rules of {@code database-files.md#s3-4} at
 * once. They agree on every step but one: for a file of version 0, servers since 21.10 take it for
 * granted that it holds one number, those before read its header.
 */
final class CoverWalk {

  private final List<ChunkFileName> chosen = new ArrayList<>();
  private final List<ChunkFileName> superseded = new ArrayList<>();
  private final List<ChunkFileName> beyond = new ArrayList<>();
  private final long chunkSizeBytes;
  private final long writer;

  /** The first number that the log does not reach. */
  private final long neededNumbers;

  private CoverWalk(long chunkSizeBytes, long writer) {
    this.chunkSizeBytes = chunkSizeBytes;
    this.writer = writer;
    this.neededNumbers = (writer - 1) / chunkSizeBytes + 1;
  }

  static CoverWalk over(List<ChunkFileName> names, HeaderLookup headers, long writer)
      throws IOException {
    // Numbers are compared before any header is read, so that a missing start is reported as such.
    if (names.get(0).number() > 0) {
      throw firstMissing(names.get(0));
    }
    ChunkFileName first = latestOf(names, 0);
    ChunkHeader firstHeader = headers.header(first);
    CoverWalk walk = new CoverWalk(firstHeader.chunkSizeBytes(), writer);
    long expected = 0;
    for (int i = 0; i < names.size(); i++) {
      ChunkFileName name = names.get(i);
      boolean last = i + 1 == names.size() || names.get(i + 1).number() != name.number();
      if (name.number() >= walk.neededNumbers) {
        walk.beyond.add(name);
      } else if (name.number() < expected || !last) {
        walk.superseded.add(name);
      } else if (name.number() > expected) {
        throw walk.gap(expected, name);
      } else {
        ChunkHeader header = name.equals(first) ? firstHeader : headers.header(name);
        walk.take(name, header, names);
        expected = header.lastNumber() + 1L;
      }
    }
    if (expected < walk.neededNumbers) {
      throw walk.beyond(expected);
    }
    return walk;
  }

  private void take(ChunkFileName name, ChunkHeader header, List<ChunkFileName> names)
      throws DatabaseException {
    if (header.firstNumber() != name.number()) {
      throw DatabaseException.damaged(
          name.toString(),
          Invariant.I2,
          "holds the header of chunk number " + header.firstNumber());
    }
    if (header.chunkSizeBytes() != chunkSizeBytes) {
      throw Cover.otherChunkSize(name.toString(), header, chunkSizeBytes);
    }
    if (name.version() == 0 && header.isMerged()) {
      throw rulesDiffer(name, header, names);
    }
    if (header.isMerged() && header.lastNumber() >= neededNumbers) {
      // Completed and merged since the end of the log was read (database-files.md#r4).
      throw DatabaseException.changed(
          name.toString(),
          Invariant.I3,
          "holds " + header.firstNumber() + " to " + header.lastNumber() + ", the log ends at "
              + writer);
    }
    chosen.add(name);
  }

  private static ChunkFileName latestOf(List<ChunkFileName> names, int number) {
    ChunkFileName latest = names.get(0);
    for (ChunkFileName name : names) {
      if (name.number() != number) {
        break;
      }
      latest = name;
    }
    return latest;
  }

  private static DatabaseException rulesDiffer(
      ChunkFileName name, ChunkHeader header, List<ChunkFileName> names) {
    Optional<ChunkFileName> other =
        names.stream().filter(n -> n.number() == name.number() + 1).reduce((a, b) -> b);
    return new DatabaseException(
        DatabaseException.Kind.DAMAGED,
        name.toString(),
        Optional.of(Invariant.I13),
        "holds " + header.firstNumber() + " to " + header.lastNumber()
            + " by its header, which servers up to 20.10 follow; later servers read version 0 as"
            + " one number and continue with "
            + other.map(ChunkFileName::toString).orElse("number " + (name.number() + 1)),
        "let the server that wrote it start and scavenge, or move the wrong file away");
  }

  private static DatabaseException firstMissing(ChunkFileName first) {
    return DatabaseException.unsupported(
        Cover.FOLDER,
        Invariant.I2,
        "its first chunk file is " + first + ", the chunks before it are missing",
        "if this server uses an archive, its first chunks are only there and this folder is"
            + " incomplete: back up a node that keeps them");
  }

  private DatabaseException gap(long number, ChunkFileName next) {
    return DatabaseException.damaged(
        Cover.FOLDER,
        Invariant.I2,
        "no file holds chunk number " + number + ", the next one is " + next + ", the log ends at "
            + writer + " in number " + (neededNumbers - 1));
  }

  /** Either the value is wrong, or the last chunks are missing. */
  private DatabaseException beyond(long number) {
    return DatabaseException.damaged(
        CheckpointName.WRITER.fileName(),
        Invariant.I1,
        "holds " + writer + ", which lies in chunk number " + (neededNumbers - 1)
            + ", but the last chunk file, " + chosen.get(chosen.size() - 1) + ", ends at "
            + number * chunkSizeBytes);
  }

  long chunkSizeBytes() {
    return chunkSizeBytes;
  }

  List<ChunkFileName> chosen() {
    return chosen;
  }

  List<ChunkFileName> superseded() {
    return superseded;
  }

  List<ChunkFileName> beyond() {
    return beyond;
  }
}
