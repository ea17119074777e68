package io.coldstream.core.restore.fetch;

import io.coldstream.core.repository.ObjectReader;
import io.coldstream.core.repository.Replacements;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.restore.target.SetAside;
import io.coldstream.core.restore.target.Target;
import io.coldstream.core.support.disk.Disk;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches every file of a plan that is not there yet, several at once. A file in its place that is
 * not what is planned is set aside, and what it holds of the planned one is used. A file that the
 * repository has lost does not stop the others: the next run then needs that file only.
 */
public final class DownloadStep {

  private final Disk disk;
  private final Target target;
  private final SetAside aside;
  private final FileDownload download;
  private final Workers workers;
  private final RunListener listener;

  /**
   * The download of one restore.
   *
   * @param disk where the target is
   * @param target where the files go
   * @param aside takes a file in the target that is not what is planned
   * @param repository where they are fetched from
   * @param plan what is restored
   * @param workers fetch files
   * @param listener receives the progress
   */
  public DownloadStep(
      Disk disk,
      Target target,
      SetAside aside,
      Repository repository,
      RestorePlan plan,
      Workers workers,
      RunListener listener) {
    this.disk = disk;
    this.target = target;
    this.aside = aside;
    this.workers = workers;
    this.listener = listener;
    this.download = new FileDownload(
        disk,
        new ObjectReader(repository.store()),
        new Replacements(repository, plan.backup().sequence()),
        listener);
  }

  /**
   * Afterwards every file is in its place or in staging, whole, right and synced.
   *
   * @param plan what is restored
   * @return bytes fetched
   * @throws IOException what the first file failed with
   * @throws RunException what the first file failed with; when the repository has lost files, after
   *     all others were fetched
   * @throws InterruptedException when it is stopped
   */
  public long fetch(RestorePlan plan) throws IOException, RunException, InterruptedException {
    announce(plan);
    LostFiles lost = new LostFiles(listener);
    List<Workers.Task<Long>> tasks = new ArrayList<>();
    for (PlannedFile file : plan.files()) {
      tasks.add(() -> lost.except(file, () -> fetch(file)));
    }
    long fetched = workers.all(tasks).stream().mapToLong(Long::longValue).sum();
    lost.requireNone();
    return fetched;
  }

  /** Says how much there is to do, taking what has the right length for present. */
  private void announce(RestorePlan plan) throws IOException {
    long files = 0;
    long bytes = 0;
    for (PlannedFile file : plan.files()) {
      if (hasRightLength(file, target.inPlace(file)) || hasRightLength(file, target.staged(file))) {
        files++;
        bytes += file.diskBytes();
      }
    }
    listener.on(
        new RunEvent.Planned(plan.files().size() - files, plan.bytes() - bytes, files, bytes));
  }

  private boolean hasRightLength(PlannedFile file, Path path) throws IOException {
    return disk.look(path).filter(e -> e.lengthBytes() == file.diskBytes()).isPresent();
  }

  private long fetch(PlannedFile file) throws IOException, RunException {
    long fetched = 0;
    if (!download.isRight(file, target.inPlace(file))) {
      aside.replaced(file);
      FoundFile found = FoundFile.of(disk, aside.newest(file), file);
      fetched = download.fetch(file, target.staged(file), found);
    }
    listener.on(new RunEvent.FileDone(file.name(), file.diskBytes()));
    return fetched;
  }
}
