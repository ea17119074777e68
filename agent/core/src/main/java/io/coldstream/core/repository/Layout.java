package io.coldstream.core.repository;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectPrefix;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Which object stands where in a repository of format 1. The document {@code repository-format.md}
 * describes every one.
 */
public final class Layout {

  /** What the repository is. */
  public static final ObjectName REPOSITORY = new ObjectName("coldstream.json");

  /** How to restore without Coldstream. */
  public static final ObjectName RESTORE_TEXT = new ObjectName("RESTORE.txt");

  /** The backups. */
  public static final ObjectPrefix MANIFESTS = new ObjectPrefix("manifests/");

  /** File entries, shared by manifests. */
  public static final ObjectPrefix PAGES = new ObjectPrefix("pages/");

  /** The small files as captured. */
  public static final ObjectPrefix CHECKPOINTS = new ObjectPrefix("checkpoints/");

  /** Index maps, tables and bloom filters. */
  public static final ObjectPrefix INDEX = new ObjectPrefix("index/");

  /** Completed chunks. */
  public static final ObjectPrefix CHUNKS = new ObjectPrefix("chunks/");

  /** Segments of active chunks. */
  public static final ObjectPrefix ACTIVE = new ObjectPrefix("active/");

  /** What is stored but in no manifest yet. */
  public static final ObjectPrefix PROGRESS = new ObjectPrefix("progress/");

  /** What a {@code doctor} tried out, and could not remove; it belongs to no backup. */
  public static final ObjectPrefix DOCTOR = new ObjectPrefix("doctor/");

  private static final String SET_ASIDE = ".damaged";

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
   * Where an operator puts a damaged manifest: it is no backup any more, and its number stays taken.
   *
   * @param sequence its number
   * @return its name
   */
  public static ObjectName setAside(long sequence) {
    return new ObjectName(manifest(sequence).value() + SET_ASIDE);
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
   * Where the small files of one capture stand.
   *
   * @param run the run's id
   * @param capture which capture of it, from 1
   * @return the folder; {@code direct/} is in it
   */
  public static ObjectPrefix checkpoints(String run, int capture) {
    return new ObjectPrefix("checkpoints/" + run + "/" + capture + "/");
  }

  /**
   * A table of the index.
   *
   * @param fileName its name, a GUID
   * @param md5 the MD5 that it ends in, lower-case hex
   * @return its name on the store
   */
  public static ObjectName table(String fileName, String md5) {
    return ObjectName.in(INDEX, fileName + "-" + md5);
  }

  /**
   * A bloom filter.
   *
   * @param fileName its name, {@code <guid>.bloomfilter}
   * @param content digest of its bytes, since it carries none itself
   * @return its name on the store
   */
  public static ObjectName bloomFilter(String fileName, Sha256 content) {
    return ObjectName.in(INDEX, fileName + "-" + content.first16());
  }

  /**
   * An index map.
   *
   * @param md5 the MD5 of its first line, lower-case hex
   * @return its name on the store
   */
  public static ObjectName indexMap(String md5) {
    return ObjectName.in(INDEX, "indexmap-" + md5);
  }

  /**
   * A completed chunk.
   *
   * @param fileName its file name
   * @param md5 its footer's MD5, lower-case hex
   * @return its name on the store
   */
  public static ObjectName chunk(String fileName, String md5) {
    return ObjectName.in(CHUNKS, fileName + "-" + md5);
  }

  /**
   * A segment of the active chunk.
   *
   * @param number the chunk's number
   * @param chunkId its header's GUID as text
   * @param epoch id of the last epoch wholly below the segment's end
   * @param fromBytes offset of its first byte in the file
   * @param toBytes offset behind its last byte
   * @param content digest of its bytes
   * @return its name on the store
   */
  public static ObjectName segment(
      int number, String chunkId, UUID epoch, long fromBytes, long toBytes, Sha256 content) {
    return ObjectName.in(
        ACTIVE,
        String.format(
            Locale.ROOT,
            "chunk-%06d-%s/%s/%d-%d-%s",
            number,
            chunkId,
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
   * The same content once more under another name, because the object of that name was altered.
   *
   * @param name the altered object
   * @param content digest of the right bytes
   * @return the name to use from now on
   */
  public static ObjectName resent(ObjectName name, Sha256 content) {
    return new ObjectName(name.value() + "-" + content.first16());
  }
}
