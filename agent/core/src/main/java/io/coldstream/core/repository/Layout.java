package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.ChunkHeader;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import io.coldstream.store.Placement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The object names of a repository of format 1. The document {@code repository-format.md}
 * describes every one.
 */
public final class Layout {

  /** What the repository is. */
  public static final ObjectName REPOSITORY = new ObjectName("coldstream.json");

  /** How to restore without Coldstream. */
  public static final ObjectName RESTORE_TEXT = new ObjectName("RESTORE.txt");

  /** The same as a program. */
  public static final ObjectName RESTORE_SCRIPT = new ObjectName("RESTORE.sh");

  public static final ObjectPrefix MANIFESTS = new ObjectPrefix("manifests/");

  /** File entries, shared by manifests. */
  public static final ObjectPrefix PAGES = new ObjectPrefix("pages/");

  /** The small files as captured. */
  public static final ObjectPrefix CHECKPOINTS = new ObjectPrefix("checkpoints/");

  /** Index maps, tables and bloom filters. */
  public static final ObjectPrefix INDEX = new ObjectPrefix("index/");

  public static final ObjectPrefix CHUNKS = new ObjectPrefix("chunks/");

  /** Segments of active chunks. */
  public static final ObjectPrefix ACTIVE = new ObjectPrefix("active/");

  /** What is stored but in no manifest yet. */
  public static final ObjectPrefix PROGRESS = new ObjectPrefix("progress/");

  /** What a {@code doctor} created and could not remove; it belongs to no backup. */
  public static final ObjectPrefix DOCTOR = new ObjectPrefix("doctor/");

  /** What verifications found; it belongs to no backup. */
  public static final ObjectPrefix VERIFICATIONS = new ObjectPrefix("verifications/");

  /** The results of drills; they belong to no backup. */
  public static final ObjectPrefix DRILLS = new ObjectPrefix("drills/");

  /** Until when backups are locked; the notes themselves are not, and belong to no backup. */
  public static final ObjectPrefix LOCKS = new ObjectPrefix("locks/");

  private static final String SET_ASIDE = ".damaged";

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Layout() {}

  /**
   * A backup.
   *
   * @param sequence its number, 1 to {@link Manifest#MAX_SEQUENCE}
   * @return the manifest's name
   */
  public static ObjectName manifest(long sequence) {
    return ObjectName.in(MANIFESTS, String.format(Locale.ROOT, "%012d.json", sequence));
  }

  /**
   * The number of a backup.
   *
   * @param name an object under {@link #MANIFESTS}
   * @return its sequence; empty when the name is not that of a manifest
   */
  public static OptionalLong sequence(ObjectName name) {
    String last = name.lastComponent();
    return name.equals(ObjectName.in(MANIFESTS, last)) ? number(last) : OptionalLong.empty();
  }

  /**
   * The name to which an operator renames a damaged manifest. It is then no longer a backup, and
   * its number is not used again.
   *
   * @param sequence its number
   * @return its name
   */
  public static ObjectName setAside(long sequence) {
    return new ObjectName(manifest(sequence).value() + SET_ASIDE);
  }

  /**
   * Whether a backup needs an object, or may.
   *
   * @param name an object
   * @return false for what can be removed without loss, such as notes and results
   */
  public static boolean isOfBackups(ObjectName name) {
    return List.of(REPOSITORY, RESTORE_TEXT, RESTORE_SCRIPT).contains(name)
        || sequence(name).isPresent()
        || isNamedByManifests(name);
  }

  /**
   * Whether an object is of use only if a manifest, or a page of one, names it.
   *
   * @param name an object
   * @return true for pages, checkpoints, and what holds files of a database
   */
  public static boolean isNamedByManifests(ObjectName name) {
    return Stream.of(PAGES, CHECKPOINTS, INDEX, CHUNKS, ACTIVE)
        .anyMatch(prefix -> prefix.holds(name));
  }

  /**
   * The number that a name takes: that of a backup, or of one that was set aside.
   *
   * @param name an object under {@link #MANIFESTS}
   * @return the number; empty when the name takes none
   */
  static OptionalLong takenNumber(ObjectName name) {
    String last = name.lastComponent();
    return last.endsWith(SET_ASIDE) && name.equals(ObjectName.in(MANIFESTS, last))
        ? number(last.substring(0, last.length() - SET_ASIDE.length()))
        : sequence(name);
  }

  private static OptionalLong number(String last) {
    return last.matches("\\d{12}\\.json")
        ? OptionalLong.of(Long.parseLong(last.substring(0, 12)))
        : OptionalLong.empty();
  }

  /**
   * A page.
   *
   * @param firstNumber the first chunk number of its thousand
   * @param content digest of its bytes
   * @return its name
   */
  public static ObjectName page(int firstNumber, Sha256 content) {
    return ObjectName.in(
        PAGES,
        String.format(
            Locale.ROOT,
            "%06d-%06d-%s.jsonl",
            firstNumber,
            firstNumber + PageEntry.NUMBERS_PER_PAGE - 1,
            content));
  }

  /**
   * The folder of the small files of one capture.
   *
   * @param run the run's id
   * @param capture which capture of it, from 1
   * @return the folder; {@code direct/} is in it
   */
  public static ObjectPrefix checkpoints(String run, int capture) {
    return new ObjectPrefix("checkpoints/" + run + "/" + capture + "/");
  }

  /**
   * A checkpoint as captured.
   *
   * @param folder the folder of its capture
   * @param checkpoint which one
   * @return its name on the store
   */
  public static ObjectName checkpoint(ObjectPrefix folder, CheckpointName checkpoint) {
    return ObjectName.in(folder, checkpoint.fileName());
  }

  /**
   * A ready-made checkpoint for a start at the restore point, which {@code RESTORE.txt} uses.
   *
   * @param folder the folder of its capture
   * @param checkpoint which one
   * @return its name on the store
   */
  public static ObjectName directCheckpoint(ObjectPrefix folder, CheckpointName checkpoint) {
    return ObjectName.in(folder, "direct/" + checkpoint.fileName());
  }

  /**
   * A file that carries an MD5: a completed chunk, a table of the index, an index map.
   *
   * @param file the file
   * @return its name on the store, which ends in that MD5
   */
  public static ObjectName of(DatabaseFile file) {
    return ObjectName.in(
        folder(file), file.fileName() + "-" + file.md5().orElseThrow().hex());
  }

  /**
   * A file that carries no digest: a Bloom filter.
   *
   * @param file the file
   * @param content digest of its bytes
   * @return its name on the store, which ends in the beginning of that digest
   */
  public static ObjectName of(DatabaseFile file, Sha256 content) {
    return ObjectName.in(folder(file), file.fileName() + "-" + content.first16());
  }

  private static ObjectPrefix folder(DatabaseFile file) {
    return file.kind().folder() == DatabaseFile.Folder.INDEX ? INDEX : CHUNKS;
  }

  /**
   * How the objects of a file are to be stored.
   *
   * @param kind what the file is
   * @return {@link Placement#BULK} for what is large, and is read only by a restore
   */
  public static Placement placement(DatabaseFile.Kind kind) {
    return switch (kind) {
      case CHUNK, INDEX_TABLE, BLOOM_FILTER -> Placement.BULK;
      case ACTIVE_CHUNK, INDEX_MAP, CHECKPOINT -> Placement.STANDARD;
    };
  }

  /**
   * A segment of the active chunk.
   *
   * @param header the chunk's header
   * @param epoch id of the last epoch wholly below the segment's end
   * @param fromBytes offset of its first byte in the file
   * @param toBytes offset after its last byte
   * @param content digest of its bytes
   * @return its name on the store
   */
  public static ObjectName segment(
      ChunkHeader header, UUID epoch, long fromBytes, long toBytes, Sha256 content) {
    return ObjectName.in(
        ACTIVE,
        String.format(
            Locale.ROOT,
            "chunk-%06d-%s/%s/%d-%d-%s",
            header.firstNumber(),
            header.id(),
            epoch,
            fromBytes,
            toBytes,
            content.first16()));
  }

  /**
   * A note of what a run has stored.
   *
   * @param run the run's id
   * @param number which note of it, from 1
   * @return its name
   */
  public static ObjectName progress(String run, int number) {
    return ObjectName.in(PROGRESS, run + "/" + number + ".json");
  }

  /**
   * The folder of the drills of one backup.
   *
   * @param sequence the backup's number
   * @return the folder
   */
  public static ObjectPrefix drills(long sequence) {
    return new ObjectPrefix(String.format(Locale.ROOT, "%s%012d/", DRILLS, sequence));
  }

  /**
   * The result of a drill. The names of a backup's drills are in the order of their times.
   *
   * @param sequence the backup's number
   * @param time when the drill ended
   * @param id the drill's id
   * @return its name
   */
  public static ObjectName drill(long sequence, Instant time, String id) {
    return ObjectName.in(drills(sequence), SECONDS.format(time) + "-" + id + ".json");
  }

  /**
   * Whether an object has the name of a drill's result.
   *
   * @param name an object
   * @return true when it has
   */
  public static boolean isDrill(ObjectName name) {
    return name.value().matches("drills/\\d{12}/\\d{8}T\\d{6}Z-[0-9a-z]+\\.json");
  }

  /**
   * The same content under another name, because the object of the first name is damaged.
   *
   * @param name the damaged object
   * @param content digest of the content
   * @return the name to use from now on
   */
  public static ObjectName resent(ObjectName name, Sha256 content) {
    return new ObjectName(name.value() + "-" + content.first16());
  }
}
