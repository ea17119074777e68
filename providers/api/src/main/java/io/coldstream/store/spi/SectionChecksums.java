package io.coldstream.store.spi;

import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * The CRC-32C of each section of a content. The content's bytes are added once and in order; a
 * checksum is known when the last byte of its section was added. Not thread-safe.
 */
final class SectionChecksums {

  private final long lengthBytes;
  private final long sectionBytes;
  private final int[] complete;
  private final CRC32C current = new CRC32C();
  private long addedBytes;

  /**
   * No checksum is known yet.
   *
   * @param sectionBytes the length of each section but the last one, 1 or more
   */
  SectionChecksums(long lengthBytes, long sectionBytes) {
    this.lengthBytes = lengthBytes;
    this.sectionBytes = sectionBytes;
    this.complete = new int[Math.toIntExact(OncePass.sections(lengthBytes, sectionBytes))];
  }

  int count() {
    return complete.length;
  }

  long startOf(int section) {
    Objects.checkIndex(section, complete.length);
    return section * sectionBytes;
  }

  long lengthOf(int section) {
    return Math.min(sectionBytes, lengthBytes - startOf(section));
  }

  long endOf(int section) {
    return startOf(section) + lengthOf(section);
  }

  long addedBytes() {
    return addedBytes;
  }

  /** Adds the next bytes, all of one section. */
  void add(int section, byte[] bytes, int offset, int length) {
    current.update(bytes, offset, length);
    addedBytes += length;
    if (isComplete(section)) {
      complete[section] = (int) current.getValue();
      current.reset();
    }
  }

  boolean isComplete(int section) {
    return endOf(section) <= addedBytes;
  }

  /** The checksum of what was added of a section that was begun. */
  int ofAdded(int section) {
    return isComplete(section) ? complete[section] : (int) current.getValue();
  }

  /** The checksum of a section that is complete. */
  int of(int section) {
    checkReached(endOf(section), section);
    return complete[section];
  }

  /** Refuses a section that begins after the bytes that were added. */
  void checkNext(int section) {
    checkReached(startOf(section), section);
  }

  private void checkReached(long bytes, int section) {
    if (bytes > addedBytes) {
      throw new IllegalStateException("section " + section + " after " + addedBytes + " bytes");
    }
  }
}
