package io.coldstream.core.verify.history;

/**
 * How much a run checked.
 *
 * @param backups backups whose manifests and pages were read and fit together
 * @param objects objects whose presence and length were checked
 * @param readObjects objects of which every byte was read and compared
 * @param readBytes their bytes
 */
public record Counts(long backups, long objects, long readObjects, long readBytes) {

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException when one is negative
   */
  public Counts {
    if (backups < 0 || objects < 0 || readObjects < 0 || readBytes < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  /**
   * Joins the counts of two parts, which checked the same backups and read different objects.
   *
   * @param other the other part's
   * @return both together
   */
  public Counts with(Counts other) {
    return new Counts(
        Math.max(backups, other.backups),
        Math.max(objects, other.objects),
        readObjects + other.readObjects,
        readBytes + other.readBytes);
  }
}
