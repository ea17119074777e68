package io.coldstream.core.restore.target;

import io.coldstream.core.repository.RestoredMark;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.PlannedFile.Place;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.disk.DiskEntry;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.store.disk.ForeignNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Moves files that are in the way of a restore aside, and never deletes them. Used by one thread, but
 * for {@link #replaced} and {@link #newest}.
 */
public final class SetAside {

  private static final int MAX_SMALL_BYTES = 64 * 1024;

  private final Disk disk;
  private final Target target;
  private final List<String> moved = new ArrayList<>();

  /**
   * For one restore, or the removal of one.
   *
   * @param disk where the target is
   * @param target the directories
   */
  public SetAside(Disk disk, Target target) {
    this.disk = disk;
    this.target = target;
  }

  /**
   * Whether a refused server start may have left something of this name
   * ({@code database-files.md#s1}).
   */
  static boolean isLeftover(String name) {
    return name.startsWith("kurrent.")
        || name.equals("eventstore.sock")
        || name.equals("stream-existence")
        || name.equals("scavenging")
        || name.equals("index")
        || name.equals(RestoredMark.FILE_NAME)
        || name.endsWith(".tmp");
  }

  /** {@return what was put aside so far, by names} */
  public List<String> moved() {
    return List.copyOf(moved);
  }

  /**
   * Keeps a copy of checkpoints that are neither the start guard's nor this restore's own. An armed
   * truncate.chk is moved: it must be gone before the guard is set, and -1 in its place would let a
   * server make a new database.
   *
   * @param plan what is restored
   * @throws IOException when the disk fails
   */
  public void checkpoints(RestorePlan plan) throws IOException {
    Map<CheckpointName, List<byte[]>> own = new TreeMap<>();
    for (Checkpoint checkpoint : StartGuard.CHECKPOINTS) {
      own.computeIfAbsent(checkpoint.name(), n -> new ArrayList<>()).add(checkpoint.bytes());
    }
    for (Checkpoint checkpoint : plan.checkpoints()) {
      own.computeIfAbsent(checkpoint.name(), n -> new ArrayList<>()).add(checkpoint.bytes());
    }
    for (CheckpointName name : CheckpointName.values()) {
      Path file = target.checkpoint(name);
      if (disk.look(file).filter(DiskEntry::isFile).isPresent()) {
        byte[] there = disk.read(file, MAX_SMALL_BYTES);
        if (own.get(name).stream().noneMatch(bytes -> Arrays.equals(bytes, there))) {
          if (name == CheckpointName.TRUNCATE) {
            move(Place.DATABASE, name.fileName());
            disk.sync(target.database());
          } else {
            Path free = freeName(Place.DATABASE, name.fileName());
            disk.write(free, there);
            moved.add(free.toString());
          }
        }
      }
    }
  }

  /**
   * Moves everything away that this restore does not put there itself.
   *
   * @param plan what is restored
   * @throws IOException when the disk fails
   */
  public void strangers(RestorePlan plan) throws IOException {
    for (Place place : target.places()) {
      Set<String> own = ownNames(plan, place);
      boolean changed = false;
      for (DiskEntry entry : disk.list(target.folder(place))) {
        if (entry.name().endsWith(Disk.UNFINISHED)) {
          disk.delete(target.folder(place).resolve(entry.name()));
          changed = true;
        } else if (!own.contains(entry.name()) && !ForeignNames.contains(entry.name())) {
          move(place, entry.name());
          changed = true;
        }
      }
      if (changed) {
        disk.sync(target.folder(place));
      }
    }
  }

  /**
   * Moves away what a refused server start left in a folder, and nothing else; durable when this
   * returns.
   *
   * @param place which folder; need not exist
   * @throws IOException when the disk fails
   */
  void leftovers(Place place) throws IOException {
    Path folder = target.folder(place);
    if (disk.look(folder).isEmpty()) {
      return;
    }
    for (DiskEntry entry : disk.list(folder)) {
      boolean own = entry.name().equals(RestoredMark.FILE_NAME)
          || place == Place.DATABASE
              && target.indexName().filter(entry.name()::equals).isPresent();
      if (isLeftover(entry.name()) && !own) {
        move(place, entry.name());
      }
    }
    disk.sync(folder);
  }

  /**
   * Moves a file away that is in the place of a planned one and differs from it.
   *
   * @param file the planned one
   * @throws IOException when the disk fails
   */
  public synchronized void replaced(PlannedFile file) throws IOException {
    if (disk.look(target.inPlace(file)).filter(DiskEntry::isFile).isPresent()) {
      move(file.place(), file.name());
      disk.sync(target.folder(file.place()));
    }
  }

  /**
   * Where the file that was set aside last under a planned one's name lies.
   *
   * @param file the planned one
   * @return its path; need not exist
   * @throws IOException when the disk fails
   */
  public Path newest(PlannedFile file) throws IOException {
    Path newest = target.setAside(file.place()).resolve(file.name());
    Path next = newest;
    for (int i = 2; disk.look(next).isPresent(); i++) {
      newest = next;
      next = next.resolveSibling(file.name() + "." + i);
    }
    return newest;
  }

  private void move(Place place, String name) throws IOException {
    Path free = freeName(place, name);
    disk.move(target.folder(place).resolve(name), free);
    disk.sync(free.getParent());
    moved.add(free.toString());
  }

  private Set<String> ownNames(RestorePlan plan, Place place) {
    Set<String> own = new HashSet<>(Set.of(Target.STAGING, Target.SET_ASIDE));
    plan.files().stream().filter(f -> f.place() == place).forEach(f -> own.add(f.name()));
    if (place == Place.DATABASE) {
      for (CheckpointName name : CheckpointName.values()) {
        own.add(name.fileName());
      }
      own.add(RestoredMark.FILE_NAME);
      target.indexName().ifPresent(own::add);
    }
    return own;
  }

  private Path freeName(Place place, String name) throws IOException {
    Path folder = target.setAside(place);
    disk.createFolders(folder);
    Path free = folder.resolve(name);
    for (int i = 2; disk.look(free).isPresent(); i++) {
      free = folder.resolve(name + "." + i);
    }
    return free;
  }
}
