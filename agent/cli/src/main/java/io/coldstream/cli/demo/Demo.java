package io.coldstream.cli.demo;

import io.coldstream.cli.compose.BackupSource;
import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.compose.Engine;
import io.coldstream.cli.output.BackupText;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.settings.Located;
import io.coldstream.cli.settings.Origin;
import io.coldstream.cli.settings.RepositoryAddress;
import io.coldstream.cli.settings.Setting;
import io.coldstream.core.backup.BackupReport;
import io.coldstream.core.backup.BackupRequest;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.store.StoreException;
import io.coldstream.store.spi.StoreUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Backs a database up on two days, destroys it, brings both days back and compares every byte. Works
 * in one folder and touches nothing outside of it.
 */
public final class Demo {

  private final Path folder;
  private final Clock clock;
  private final RunListener listener;
  private final Consumer<String> say;

  /**
   * A demo.
   *
   * @param folder an empty folder
   * @param clock the time
   * @param listener receives the progress
   * @param say is given each line of the story
   */
  public Demo(Path folder, Clock clock, RunListener listener, Consumer<String> say) {
    this.folder = folder;
    this.clock = clock;
    this.listener = listener;
    this.say = say;
  }

  /**
   * What the demo did.
   *
   * @param backups both backups
   * @param comparedFiles how many restored files were compared
   * @param comparedBytes their bytes
   */
  public record Result(List<Manifest> backups, int comparedFiles, long comparedBytes) {
    public Result {
      backups = List.copyOf(backups);
    }
  }

  /**
   * Runs the demo.
   *
   * @return what it did
   * @throws RunException {@link Kind#VERIFICATION_FAILED} when a comparison fails; what a failing
   *     backup or restore means
   * @throws IOException when the folder cannot be used
   */
  public Result run() throws RunException, IOException {
    Path node = folder.resolve("node");
    Path monday = folder.resolve("original-monday");
    Path tuesday = folder.resolve("original-tuesday");
    Sample.unpack(Sample.Day.MONDAY, monday);
    Sample.unpack(Sample.Day.TUESDAY, tuesday);
    say.accept("A small real database, made by KurrentDB 26.1, in " + folder);
    say.accept("");

    try (Composition composition = Composition.open(address(), folder.resolve("state"))) {
      Engine engine = new Engine(composition, clock, listener);
      Folders.copy(monday, node);
      say.accept("1. Monday: the node's directory holds " + amount(node) + ".");
      Manifest first = backup(engine, node);

      Folders.delete(node);
      Folders.copy(tuesday, node);
      say.accept("2. Tuesday: it has grown to " + amount(node) + ".");
      Manifest second = backup(engine, node);
      requireOnlyTheDifference(first, second);

      Folders.delete(node);
      say.accept("3. The node's directory is destroyed.");
      List<Comparison> compared = new ArrayList<>();
      say.accept("4. Restore of the newest backup into the same place:");
      compared.add(restore(engine, new RestorePoint.Latest(), node, tuesday));
      say.accept("5. Restore of Monday's backup into another directory:");
      compared.add(
          restore(engine, new RestorePoint.OfBackup(1), folder.resolve("monday-again"), monday));
      return new Result(
          List.of(first, second),
          compared.stream().mapToInt(Comparison::files).sum(),
          compared.stream().mapToLong(Comparison::bytes).sum());
    }
  }

  /**
   * Removes the folder with all that a demo left in it.
   *
   * @param folder the demo's
   * @throws IOException when something stays
   */
  public static void remove(Path folder) throws IOException {
    Folders.delete(folder);
  }

  private RepositoryAddress address() {
    try {
      String url = folder.resolve("repository").toUri().toString();
      return RepositoryAddress.of(
          Setting.REPO.key(),
          new Located(url, new Origin.Default()),
          StoreUrl.parse(url),
          Map.of());
    } catch (StoreException e) {
      throw new IllegalStateException("a folder is a URL", e);
    }
  }

  private Manifest backup(Engine engine, Path node) throws RunException {
    BackupReport report = engine.backup(
        new BackupSource(DatabaseFolders.of(node, Optional.empty()), Optional.empty()),
        0,
        folder.resolve("state"),
        new BackupRequest(
            address().toString(), Optional.of("demo"), false, false, false, Set.of(), false, 0));
    Manifest manifest = report.committed().orElseThrow();
    long present = Math.max(0, manifest.totals().bytes() - report.uploaded().addedBytes());
    say.accept("   Backup " + manifest.sequence() + " sent "
        + Formats.size(report.uploaded().addedBytes())
        + " in " + Formats.count(report.uploaded().addedObjects(), "object")
        + (present > 0
            ? "; the other " + Formats.size(present) + " were in the repository already."
            : "."));
    say.accept("   Restore point: " + BackupText.restorePoint(manifest) + ".");
    return manifest;
  }

  private static void requireOnlyTheDifference(Manifest first, Manifest second)
      throws RunException {
    if (second.totals().addedBytes() >= first.totals().addedBytes()
        || second.totals().addedBytes() >= second.totals().bytes()) {
      throw new RunException(
          Kind.VERIFICATION_FAILED,
          "the second backup sent " + second.totals().addedBytes()
              + " bytes, more than had changed");
    }
  }

  private Comparison restore(Engine engine, RestorePoint point, Path target, Path original)
      throws RunException, IOException {
    engine.restore(RestoreRequest.to(target).at(point));
    Comparison found = Comparison.of(original, target, Sample.CHUNK_SIZE_BYTES);
    if (!found.differences().isEmpty()) {
      throw new RunException(
          Kind.VERIFICATION_FAILED,
          "the restored database in " + target + " differs from the original: "
              + String.join("; ", found.differences()));
    }
    say.accept("   " + Formats.count(found.files(), "file") + ", " + Formats.size(found.bytes())
        + ": every byte is identical.");
    return found;
  }

  private static String amount(Path directory) throws IOException {
    return Formats.count(Folders.files(directory).size(), "file") + ", "
        + Formats.size(Folders.bytes(directory));
  }
}
