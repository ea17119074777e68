package io.coldstream.core.inspect;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How two backups of a repository differ.
 *
 * @param older the backup that is compared with
 * @param newer the other one; need not be the later one
 * @param chunks the chunk files that differ
 * @param tablesAdded index tables that only the newer one has
 * @param tablesRemoved index tables that only the older one has
 * @param epochsAdded the epochs that only the newer one has
 * @param fork the first log position at which their histories differ; empty when one continues the
 *     other
 * @param newBytes bytes of objects that the newer one needs and the older one does not
 */
public record BackupDifference(
    BackupFiles older,
    BackupFiles newer,
    List<ChunkChange> chunks,
    List<String> tablesAdded,
    List<String> tablesRemoved,
    List<Epoch> epochsAdded,
    OptionalLong fork,
    long newBytes) {

  /** Copies the lists. */
  public BackupDifference {
    chunks = List.copyOf(chunks);
    tablesAdded = List.copyOf(tablesAdded);
    tablesRemoved = List.copyOf(tablesRemoved);
    epochsAdded = List.copyOf(epochsAdded);
  }

  /** How a chunk differs. */
  public enum Kind {
    /** Its numbers were not there. */
    ADDED,
    /** The same chunk, with more of the log. */
    GROWN,
    /** The same chunk, which was the active one, and is completed. */
    COMPLETED,
    /** Another file has its numbers: a scavenge, a merge or a redaction replaced it. */
    REPLACED,
    /** Its numbers are not there any more: the log was truncated, or another history was taken. */
    REMOVED
  }

  /**
   * A chunk file that differs.
   *
   * @param kind how
   * @param file the file of the newer backup, of a removed one that of the older
   * @param replaces the files of the older backup that held its numbers
   */
  public record ChunkChange(Kind kind, FileEntry file, List<FileEntry> replaces) {

    /** Copies the list. */
    public ChunkChange {
      replaces = List.copyOf(replaces);
    }
  }

  /**
   * Compares two backups by their manifests and pages.
   *
   * @param older the backup that is compared with
   * @param newer the other one
   * @return how they differ
   */
  public static BackupDifference of(BackupFiles older, BackupFiles newer) {
    var before = older.manifest().log().lineage();
    var after = newer.manifest().log().lineage();
    return new BackupDifference(
        older,
        newer,
        changes(older, newer),
        tables(newer, older),
        tables(older, newer),
        after.epochs().subList(after.commonEpochs(before), after.epochs().size()),
        after.commonEpochs(before)
                < Math.min(before.epochs().size(), after.epochs().size())
            ? before.firstDifference(after)
            : OptionalLong.empty(),
        newBytes(older, newer));
  }

  private static List<ChunkChange> changes(BackupFiles older, BackupFiles newer) {
    Map<Integer, FileEntry> byNumber = new HashMap<>();
    for (FileEntry file : older.chunks()) {
      ChunkEntry chunk = file.chunk().orElseThrow();
      for (int number = chunk.firstNumber(); number <= chunk.lastNumber(); number++) {
        byNumber.put(number, file);
      }
    }
    List<ChunkChange> changes = new ArrayList<>();
    Set<FileEntry> met = new HashSet<>();
    for (FileEntry file : newer.chunks()) {
      ChunkEntry chunk = file.chunk().orElseThrow();
      List<FileEntry> held = new ArrayList<>();
      for (int number = chunk.firstNumber(); number <= chunk.lastNumber(); number++) {
        FileEntry other = byNumber.get(number);
        if (other != null && !held.contains(other)) {
          held.add(other);
        }
      }
      met.addAll(held);
      if (held.isEmpty()) {
        changes.add(new ChunkChange(Kind.ADDED, file, held));
      } else if (!held.get(0).sha256().equals(file.sha256())) {
        changes.add(new ChunkChange(kind(held.get(0), file), file, held));
      }
    }
    older.chunks().stream()
        .filter(file -> !met.contains(file))
        .forEach(file -> changes.add(new ChunkChange(Kind.REMOVED, file, List.of())));
    return changes;
  }

  private static Kind kind(FileEntry before, FileEntry after) {
    ChunkEntry one = before.chunk().orElseThrow();
    ChunkEntry other = after.chunk().orElseThrow();
    if (!one.chunkId().equals(other.chunkId()) || one.footerMd5().isPresent()) {
      return Kind.REPLACED;
    }
    return other.footerMd5().isPresent() ? Kind.COMPLETED : Kind.GROWN;
  }

  private static List<String> tables(BackupFiles of, BackupFiles without) {
    Set<String> others = new HashSet<>();
    without.index().forEach(file -> others.add(file.name()));
    return of.index().stream()
        .map(FileEntry::name)
        .filter(name -> TableName.parse(name).isPresent() && !others.contains(name))
        .toList();
  }

  private static long newBytes(BackupFiles older, BackupFiles newer) {
    Set<ObjectName> there = new HashSet<>();
    older.all().forEach(file -> file.objects().forEach(stored -> there.add(stored.object())));
    return newer.all().stream()
        .flatMap(file -> file.objects().stream())
        .filter(stored -> there.add(stored.object()))
        .mapToLong(StoredBytes::lengthBytes)
        .sum();
  }
}
