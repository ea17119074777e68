package io.coldstream.cli.command;

import io.coldstream.cli.compose.Composition;
import io.coldstream.cli.output.BackupJson;
import io.coldstream.cli.output.BackupText;
import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Console;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.LockText;
import io.coldstream.cli.output.MarkJson;
import io.coldstream.cli.output.Report;
import io.coldstream.cli.output.Table;
import io.coldstream.cli.output.VerifiedJson;
import io.coldstream.cli.output.VerifiedText;
import io.coldstream.cli.settings.Setting;
import io.coldstream.cli.settings.Settings;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.core.drill.DrillRecord;
import io.coldstream.core.drill.StoredDrills;
import io.coldstream.core.inspect.ChunkTimes;
import io.coldstream.core.lock.StoredLocks;
import io.coldstream.core.prune.marks.KeepMark;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.DiscardedTail;
import io.coldstream.core.repository.NewestLineage;
import io.coldstream.core.repository.OtherBackup;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.core.repository.manifest.IndexEntry;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.history.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one backup. */
@Command(name = "show", description = "Shows one backup; with -v also its checkpoints and files.")
final class ShowCommand extends AgentCommand {

  @ArgGroup
  private Chosen chosen;

  /** Which backup, said in one of two ways. */
  static final class Chosen {
    @Parameters(
        arity = "0..1",
        paramLabel = "SEQ",
        converter = Sequence.class,
        description = "The number of the backup. Default: the newest backup.")
    private Long sequence;

    @Option(
        names = "--backup",
        paramLabel = "SEQ",
        converter = Sequence.class,
        description = "The same as SEQ.")
    private Long backup;

    Optional<Long> value() {
      return Optional.ofNullable(backup).or(() -> Optional.ofNullable(sequence));
    }
  }

  @Option(
      names = "--chunks",
      description = "Also a line for each chunk file: numbers, version, size and positions.")
  private boolean chunks;

  @Option(
      names = "--times",
      description = "With --chunks: when the first record of each was written. Reads 32 KiB of each"
          + " chunk file.")
  private boolean times;

  @Option(names = "--epochs", description = "Also a line for each epoch.")
  private boolean epochs;

  ShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<Setting> accepted() {
    return List.of(Setting.REPO);
  }

  @Override
  Report run(Settings settings, Console console) throws Exception {
    try (Composition composition =
        Composition.open(settings, console.progress(), console::counted)) {
      if (times && !chunks) {
        throw usage("--times needs --chunks");
      }
      Repository repository = composition.repository();
      Manifest manifest = manifest(repository);
      Optional<DiscardedTail> discarded = NewestLineage.of(
              repository, manifest.sequence(), unreadable -> {})
          .discardedTail(manifest);
      List<String> lines = new ArrayList<>(
          BackupText.details(manifest, discarded, settings.output().verbose()));
      Optional<Verification> verified = Verified.newest(repository, console);
      lines.addAll(VerifiedText.details(
          verified, manifest.sequence(), surroundings().clock().instant()));
      Optional<KeepMark> mark =
          Optional.ofNullable(Marks.of(repository, console).get(manifest.sequence()));
      mark.ifPresent(kept -> lines.add("kept           by a mark of " + Formats.time(kept.time())
          + kept.reason().map(reason -> ": " + reason).orElse("")));
      Optional<Instant> lockedUntil =
          StoredLocks.of(repository, manifest.sequence()).end(manifest.sequence());
      lockedUntil.ifPresent(
          end -> lines.add(LockText.detail(end, surroundings().clock().instant())));
      Optional<DrillRecord> drill = drill(repository, manifest, console);
      drill.ifPresent(record -> lines.add(line(record, manifest)));
      int columns = surroundings().terminal().outColumns();
      Optional<List<FileEntry>> files =
          settings.output().verbose() ? Optional.of(files(repository, manifest)) : Optional.empty();
      files.ifPresent(f -> addTable(lines, fileLines(f, columns)));
      Optional<List<ChunkMap>> map =
          chunks ? Optional.of(map(repository, manifest)) : Optional.empty();
      map.ifPresent(m -> addTable(lines, ChunkMap.lines(m, columns)));
      Optional<List<DiffResult.EpochJson>> chain = epochs
          ? Optional.of(manifest.log().lineage().epochs().stream()
              .map(DiffResult.EpochJson::of)
              .toList())
          : Optional.empty();
      chain.ifPresent(e -> addTable(lines, epochLines(e, columns)));
      return Report.asked(
          lines,
          new ShowResult(
              repository.url(),
              BackupJson.of(manifest, discarded)
                  .with(new BackupJson.Known(
                      VerifiedJson.of(verified, manifest.sequence()),
                      mark.map(MarkJson::of),
                      lockedUntil)),
              drill.map(ShowResult.Drill::of),
              files.map(f -> f.stream().map(ShowResult.File::of).toList()),
              map,
              chain));
    }
  }

  /** A result that is damaged, or that this identity may not read, hides no backup. */
  private static Optional<DrillRecord> drill(
      Repository repository, Manifest manifest, Console console) throws RunException {
    try {
      return new StoredDrills(repository).newest(manifest.sequence());
    } catch (RunException e) {
      if (e.kind() != Kind.REPOSITORY_DAMAGED && e.kind() != Kind.NO_ACCESS) {
        throw e;
      }
      console.warn("the result of the newest drill cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String line(DrillRecord drill, Manifest backup) {
    return "drill          " + (drill.proved() ? "proved" : "FAILED") + " at "
        + Formats.time(drill.time()) + " by " + drill.server()
        + drill.serverVersion().map(version -> " " + version).orElse("")
        + drill
            .readyMillis()
            .map(millis -> ", ready after " + Formats.duration(Duration.ofMillis(millis)))
            .orElse("")
        + (drill.position() < backup.log().positions().restorePoint()
            ? ", of the log up to position " + Formats.position(drill.position())
            : "");
  }

  private static List<String> fileLines(List<FileEntry> files, int columns) {
    Table table = new Table(
        Column.text("FILE"),
        Column.number("SIZE"),
        Column.wrapped("SHA-256"),
        Column.wrapped("OBJECTS"));
    files.forEach(
        f -> table.row(f.name(), Formats.size(f.lengthBytes()), f.sha256().toString(), objects(f)));
    return table.lines(columns);
  }

  private static void addTable(List<String> lines, List<String> table) {
    lines.add("");
    lines.addAll(table);
  }

  private List<ChunkMap> map(Repository repository, Manifest manifest) throws RunException {
    BackupFiles files = BackupFiles.read(repository, manifest);
    return ChunkMap.of(files, times ? ChunkTimes.read(repository, files) : Map.of());
  }

  private static List<String> epochLines(List<DiffResult.EpochJson> epochs, int columns) {
    Table table =
        new Table(Column.number("EPOCH"), Column.number("POSITION"), Column.wrapped("ID"));
    epochs.forEach(e -> table.row(
        Long.toString(e.number()), Formats.position(e.position()), e.id().toString()));
    return table.lines(columns);
  }

  private Manifest manifest(Repository repository) throws RunException {
    try {
      Optional<Long> sequence = Optional.ofNullable(chosen).flatMap(Chosen::value);
      return repository.manifest(sequence.isPresent() ? sequence.get() : repository.newest());
    } catch (RunException e) {
      throw new OtherBackup(repository, other -> repository.findManifest(other).isPresent())
          .instead(e);
    }
  }

  private static List<FileEntry> files(Repository repository, Manifest manifest)
      throws RunException {
    List<FileEntry> files = new ArrayList<>(manifest.files().checkpoints());
    manifest.files().index().map(IndexEntry::all).ifPresent(files::addAll);
    for (PageEntry page : manifest.files().pages()) {
      files.addAll(repository.page(page));
    }
    manifest.files().activeChunk().ifPresent(files::add);
    return files;
  }

  private static String objects(FileEntry file) {
    return String.join(" ", file.objects().stream().map(o -> o.object().value()).toList());
  }
}
