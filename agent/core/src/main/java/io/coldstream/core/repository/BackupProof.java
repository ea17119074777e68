package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.chunk.ChunkFileName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.store.ObjectPrefix;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Validates that the files that a manifest names form a database ({@code
 * database-files.md#s12-1}).
 */
final class BackupProof {

  private final Manifest manifest;

  private BackupProof(Manifest manifest) {
    this.manifest = manifest;
  }

  static void check(BackupFiles files) throws RunException {
    BackupProof proof = new BackupProof(files.manifest());
    try {
      proof.chunkSize();
      proof.names(files);
      proof.cover(files);
      proof.index();
      proof.epoch();
      proof.checkpoints();
    } catch (ArithmeticException e) {
      throw proof.damaged("its sizes are too large to add up");
    }
  }

  /** As a header's field can hold it ({@code database-files.md#s4-2}). */
  private void chunkSize() throws RunException {
    if (manifest.log().chunkSizeBytes() > Integer.MAX_VALUE) {
      throw damaged("its chunk size is " + manifest.log().chunkSizeBytes() + " bytes");
    }
  }

  private void names(BackupFiles files) throws RunException {
    Set<String> seen = new HashSet<>();
    for (FileEntry file : files.all()) {
      // Compared as on a disk that takes upper and lower case for the same.
      if (!seen.add(file.name().toLowerCase(Locale.ROOT))) {
        throw damaged("it names the file " + file.name() + " twice");
      }
    }
  }

  private void requireUnder(FileEntry file, ObjectPrefix... prefixes) throws RunException {
    for (StoredBytes stored : file.objects()) {
      boolean under = false;
      for (ObjectPrefix prefix : prefixes) {
        under |= prefix.holds(stored.object());
      }
      if (!under) {
        throw damaged(file.name() + " refers to the wrong object " + stored.object());
      }
    }
  }

  private void cover(BackupFiles files) throws RunException {
    int expected = 0;
    for (FileEntry file : files.completed()) {
      ChunkEntry chunk = chunk(file);
      requireUnder(file, Layout.CHUNKS);
      if (chunk.firstNumber() != expected) {
        throw damaged(file.name() + " begins with chunk " + chunk.firstNumber() + " where chunk "
            + expected + " should follow");
      }
      long range = Math.multiplyExact(
          chunk.lastNumber() - chunk.firstNumber() + 1L, manifest.log().chunkSizeBytes());
      if (chunk.logicalDataBytes() > range
          || file.lengthBytes() < Chunk.MIN_LENGTH_BYTES
          || (!chunk.scavenged()
              && file.lengthBytes() < Chunk.MIN_LENGTH_BYTES + chunk.logicalDataBytes())) {
        throw damaged(file.name() + " of " + file.lengthBytes() + " bytes cannot hold "
            + chunk.logicalDataBytes() + " bytes of the log");
      }
      expected = chunk.lastNumber() + 1;
    }
    long end = Math.multiplyExact(expected, manifest.log().chunkSizeBytes());
    if (manifest.files().activeChunk().isPresent()) {
      end = active(manifest.files().activeChunk().get(), expected, end);
    }
    if (manifest.log().positions().restorePoint() > end) {
      throw damaged("its chunks end at " + end + ", its restore point is "
          + manifest.log().positions().restorePoint());
    }
  }

  private long active(FileEntry file, int expected, long start) throws RunException {
    ChunkEntry chunk = chunk(file);
    requireUnder(file, Layout.ACTIVE);
    long writer = manifest.log().positions().writer();
    if (chunk.firstNumber() != expected || chunk.lastNumber() != expected) {
      throw damaged("its active chunk " + file.name() + " holds chunks " + chunk.firstNumber()
          + " to " + chunk.lastNumber() + " where chunk " + expected + " should follow");
    }
    if (chunk.scavenged()
        || chunk.logicalDataBytes() != writer - start
        || chunk.logicalDataBytes() > manifest.log().chunkSizeBytes()
        || file.lengthBytes() != ChunkHeader.LENGTH_BYTES + chunk.logicalDataBytes()) {
      throw damaged(file.name() + " of " + file.lengthBytes() + " bytes does not hold the log from "
          + start + " to " + writer);
    }
    return writer;
  }

  private ChunkEntry chunk(FileEntry file) throws RunException {
    Optional<ChunkFileName> name = ChunkFileName.parse(file.name());
    if (file.chunk().isEmpty()
        || name.isEmpty()
        || name.get().number() != file.chunk().get().firstNumber()
        || file.chunk().get().lastNumber() == Integer.MAX_VALUE) {
      throw damaged(file.name() + " is not the name of the chunk that its entry describes");
    }
    return file.chunk().get();
  }

  private void index() throws RunException {
    if (manifest.files().index().isEmpty()) {
      return;
    }
    IndexEntry index = manifest.files().index().get();
    if (!index.map().name().equals(IndexMap.FILE_NAME)) {
      throw damaged("its index map has the wrong name " + index.map().name());
    }
    if (index.commitCheckpoint() < 0) {
      throw damaged("its index ends at the negative position " + index.commitCheckpoint());
    }
    if (index.map().lengthBytes() > IndexProof.MAX_MAP_BYTES) {
      throw damaged(
          "its index map of " + index.map().lengthBytes() + " bytes is longer than any index map");
    }
    for (FileEntry file : index.all()) {
      requireUnder(file, Layout.INDEX);
    }
    for (FileEntry file : index.files()) {
      if (TableName.parse(file.name()).isEmpty()
          && TableName.ofBloomFilter(file.name()).isEmpty()) {
        throw damaged("its index holds " + file.name() + ", which is not a table");
      }
    }
  }

  private void epoch() throws RunException {
    long restorePoint = manifest.log().positions().restorePoint();
    Optional<Epoch> last = manifest.log().lineage().lastWhollyBelow(restorePoint);
    if (last.isEmpty() || last.get().position() != manifest.log().positions().restorePointEpoch()) {
      throw damaged("its lineage and its restore point " + restorePoint + " disagree");
    }
  }

  private void checkpoints() throws RunException {
    if (!manifest.files().checkpointFolder().startsWith(Layout.CHECKPOINTS.value())) {
      throw damaged(
          "its checkpoints are in the wrong folder " + manifest.files().checkpointFolder());
    }
    Optional<String> fault = CheckpointObjects.fault(manifest);
    if (fault.isPresent()) {
      throw damaged(fault.get());
    }
    for (FileEntry file : manifest.files().checkpoints()) {
      requireUnder(file, Layout.CHECKPOINTS);
    }
  }

  private RunException damaged(String fault) {
    return new RunException(
        Kind.REPOSITORY_DAMAGED,
        "backup " + manifest.sequence() + " is inconsistent: " + fault
            + "; nothing was written. Choose another backup",
        null,
        List.of(new Remedy("To see which backups there are, run", Remedy.Action.LIST)));
  }
}
