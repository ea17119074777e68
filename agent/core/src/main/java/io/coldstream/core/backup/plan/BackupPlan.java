package io.coldstream.core.backup.plan;

import io.coldstream.core.backup.plan.PlannedObject.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * What a backup will consist of, and what has to be uploaded for it. It is complete before the
 * first byte moves, and prints itself.
 *
 * @param checkpoints the small files
 * @param index tables and Bloom filters of the index, then its map; empty when it is excluded
 * @param pages the completed chunks in the order of their numbers
 * @param active the active chunk up to the captured end of the log; empty when nothing of it is
 *     needed
 */
public record BackupPlan(
    PlannedCheckpoints checkpoints,
    List<PlannedFile> index,
    List<PlannedPage> pages,
    Optional<PlannedFile> active) {

  /**
   * What is uploaded together. The groups are uploaded in this order, each after the one before it.
   */
  public enum Group {
    /** The small files. */
    CHECKPOINTS,
    INDEX,
    CHUNKS,
    /** Segments of the active chunk. */
    ACTIVE
  }

  public BackupPlan {
    index = List.copyOf(index);
    pages = List.copyOf(pages);
  }

  /**
   * The objects of a group that the manifest will name and the newest one may not.
   *
   * @param group which
   * @return the objects, in the order in which their upload begins; none of an unchanged page
   */
  public List<PlannedObject> objects(Group group) {
    List<PlannedObject> objects = new ArrayList<>();
    files(group).forEach(file -> objects.addAll(file.objects()));
    if (group == Group.CHECKPOINTS) {
      objects.addAll(checkpoints.direct());
    }
    return objects;
  }

  /**
   * The files of a group.
   *
   * @param group which
   * @return the files, in order; none of an unchanged page
   */
  public List<PlannedFile> files(Group group) {
    return switch (group) {
      case CHECKPOINTS -> checkpoints.files();
      case INDEX -> index;
      case CHUNKS -> pages.stream().flatMap(page -> page.files().stream()).toList();
      case ACTIVE -> active.stream().toList();
    };
  }

  /** {@return how many files of the database the backup will hold} */
  public long fileCount() {
    return files(Group.CHECKPOINTS).size()
        + files(Group.INDEX).size()
        + files(Group.ACTIVE).size()
        + pages.stream().mapToLong(PlannedPage::fileCount).sum();
  }

  /** {@return the sum of their lengths} */
  public long bytes() {
    return bytes(Group.CHECKPOINTS)
        + bytes(Group.INDEX)
        + bytes(Group.ACTIVE)
        + pages.stream().mapToLong(PlannedPage::fileBytes).sum();
  }

  private long bytes(Group group) {
    return files(group).stream().mapToLong(PlannedFile::lengthBytes).sum();
  }

  /** {@return every object that has to be sent, in the order of the groups} */
  public List<PlannedObject> toSend() {
    List<PlannedObject> objects = new ArrayList<>();
    for (Group group : Group.values()) {
      objects(group).stream().filter(o -> o.presence() == Presence.SEND).forEach(objects::add);
    }
    return objects;
  }

  /** {@return how many bytes have to be sent, before pages and manifest} */
  public long bytesToSend() {
    return toSend().stream().mapToLong(PlannedObject::lengthBytes).sum();
  }

  /** {@return how many files of the database need not be sent} */
  public long presentFiles() {
    long sent = Stream.of(Group.values())
        .flatMap(group -> files(group).stream())
        .filter(file -> file.bytesToSend() > 0)
        .count();
    return fileCount() - sent;
  }

  /** {@return how many bytes of the database's files need not be sent} */
  public long presentBytes() {
    long sent = Stream.of(Group.values())
        .flatMap(group -> files(group).stream())
        .mapToLong(PlannedFile::bytesToSend)
        .sum();
    return bytes() - sent;
  }

  /**
   * The plan for people.
   *
   * @param size how a number of bytes is printed
   * @return a line for each object, group by group, then the sums
   */
  public List<String> lines(LongFunction<String> size) {
    return new PlanText(size).of(this);
  }
}
