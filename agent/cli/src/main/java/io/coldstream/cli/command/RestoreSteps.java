package io.coldstream.cli.command;

import io.coldstream.cli.compose.ServerHost;
import io.coldstream.cli.output.Advice;
import io.coldstream.cli.output.ChunkSize;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.ShellCommand;
import io.coldstream.cli.settings.Setting;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.plan.CheckpointMode;
import io.coldstream.core.restore.plan.PlannedFile;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.core.support.disk.Owner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The notes and next steps after a restore. The last step starts the server, since the last lines
 * on a screen are those that are read and followed.
 */
final class RestoreSteps {

  private static final int MAX_NAMED_FILES = 5;

  private static final double REBUILD_SECONDS_PER_GB = 10;
  private static final double MAX_FEW_SECONDS = 10;

  private static final String SERVICE = "Start the server. If it runs as a service, put the options"
      + " below into its configuration and start the service. ";

  private final RestoreReport report;
  private final ServerHost host;
  private final Invocation given;
  private final boolean indexElsewhere;
  private final ChunkSize chunkSize;

  RestoreSteps(RestoreReport report, ServerHost host, Invocation given) {
    this.report = report;
    this.host = host;
    this.given = given;
    this.indexElsewhere = !report.index().equals(report.database().resolve("index"));
    this.chunkSize = ChunkSize.of(report.plan().backup());
  }

  /** {@return what to tell the operator at the end} */
  NextSteps next() {
    return new NextSteps(toKnow(), now());
  }

  private List<Advice> toKnow() {
    List<Advice> known = new ArrayList<>();
    discarded(report, given).ifPresent(known::add);
    report.plan().notes().forEach(note -> known.add(new Advice(note)));
    setAside(report.setAside()).forEach(known::add);
    known.add(new Advice(index(report.plan())));
    known.add(
        new Advice("From 25.1 on the server also rebuilds its secondary indexes (kurrent.ddb)."
            + " For that it reads the whole log once."));
    if (report.plan().checkpointMode() == CheckpointMode.TRUNCATE) {
      known.add(
          new Advice("A service manager that restarts the server only after a failure, such as"
              + " systemd with Restart=on-failure, does not start it the second time."));
    }
    known.add(
        report.takesOver()
            ? new Advice(
                "The backups of this node continue the repository. If the repository has backups"
                    + " of a later point than this one, the first may be refused once this node's"
                    + " server has run. Then run",
                backup())
            : new Advice(
                "Once this node's server has run, its first backup into the same repository is"
                    + " refused, so that a test copy does not hide its original. If the original"
                    + " lives on, back this node"
                    + " up under another prefix. If this node takes its place, run once",
                backup()));
    return known;
  }

  /**
   * What there is to know about a discarded tail.
   *
   * @param report what was done, or would be
   * @param given the command
   * @return the warning, and the command for the other choice
   */
  static Optional<Advice> discarded(RestoreReport report, Invocation given) {
    RestorePlan plan = report.plan();
    String run = report.outcome() == RestoreReport.Outcome.PLANNED
        ? ". For that, run"
        : ". For that, empty the directory and run";
    return plan.discarded()
        .map(tail -> new Advice(
            plan.warning().orElseThrow() + run,
            plan.restoresDiscarded()
                ? upTo(tail.position(), plan.checkpointMode(), given).command()
                : given.ofBackup(tail.sequence()).command()));
  }

  /** The same restore up to a position, which only the direct mode can do. */
  private static Invocation upTo(long position, CheckpointMode mode, Invocation given) {
    Invocation changed = given
        .without("--backup")
        .without("--before-event")
        .with("--position", Long.toString(position));
    return mode == CheckpointMode.DIRECT
        ? changed
        : changed.with(Setting.ARRANGE.option(), CheckpointMode.DIRECT.toString());
  }

  /** Names each file that was moved, or when they are many how many there are and where. */
  private static List<Advice> setAside(List<String> paths) {
    if (paths.size() <= MAX_NAMED_FILES) {
      return paths.stream()
          .map(path -> new Advice("A file that was in the way was moved. It is now " + path))
          .toList();
    }
    String folders = paths.stream()
        .map(path -> String.valueOf(Path.of(path).getParent()))
        .distinct()
        .collect(Collectors.joining(" and "));
    return List.of(
        new Advice(paths.size() + " files that were in the way were moved to " + folders));
  }

  private static String index(RestorePlan plan) {
    if (plan.keepsIndex()) {
      return "The index is restored. The server adds what the log holds beyond it.";
    }
    long logBytes = plan.files().stream()
        .filter(f -> f.place() == PlannedFile.Place.DATABASE)
        .mapToLong(PlannedFile::diskBytes)
        .sum();
    return "The index is not restored (" + plan.indexReason().orElseThrow()
        + "). The server rebuilds it before it is ready. That takes " + rebuild(logBytes)
        + " when the log is in memory, and longer from a slow disk.";
  }

  /** {@return how long a rebuild of the index takes, in one figure} */
  static String rebuild(long logBytes) {
    double seconds = logBytes / 1e9 * REBUILD_SECONDS_PER_GB;
    return seconds < MAX_FEW_SECONDS
        ? "a few seconds"
        : "about " + Formats.duration(Duration.ofSeconds(Math.round(seconds)));
  }

  /** The restored node's first backup. */
  private ShellCommand backup() {
    Invocation backup =
        given.of("backup").with(Setting.DB.option(), report.database().toString());
    if (indexElsewhere || given.setsIndex()) {
      backup = backup.with(Setting.INDEX.option(), report.index().toString());
    }
    return backup.with("--new-lineage").command();
  }

  private List<Advice> now() {
    List<Advice> steps = new ArrayList<>();
    if (report.owner().isRoot()) {
      steps.add(new Advice(
          "Give the files to the user that the server runs as. They belong to root, and a server"
              + " can only use files of its own."
              + (host.user().isPresent()
                  ? ""
                  : " This machine has no user " + host.usualUser() + ": use the right name.")
              + " If the server runs as root, skip this step, and leave runuser out of the last one."
              + " Otherwise run",
          chown()));
    } else if (!report.place().directoryOwner().equals(report.owner()) && host.root()) {
      steps.add(new Advice(
          "Give the target directory to the owner of the files too: it was there before and"
              + " belongs to " + report.place().directoryOwner()
              + ". A server must be able to create files in it. Run",
          new ShellCommand(
              List.of("chown", report.owner().toString(), report.database().toString()))));
    }
    steps.add(
        new Advice("Keep this node away from the old cluster, whose nodes would make it drop or"
            + " overwrite what was restored. Remove ClusterSize, ClusterDns and GossipSeed of the"
            + " old"
            + " cluster from the server's configuration file and environment. The command below"
            + " makes"
            + " the node a cluster of its own: --cluster-size 1, --discover-via-dns false, and"
            + " --gossip-seed with its own address (use its own port if that is not 2113). For a"
            + " new"
            + " cluster of several nodes, restore backup "
            + report.plan().backup().sequence()
            + " on each of them before any is started, and give the new cluster's size and nodes"
            + " instead. If this node replaces a lost member of a cluster that runs, skip this step"
            + " and start it with the lost member's settings."));
    steps.add(
        new Advice("If the server uses an archive (25.0 and newer), turn that off or give it an"
            + " empty bucket. With the old archive it would undo the restore."));
    chunkSize
        .advice()
        .map(text -> new Advice("Set the chunk size. " + text + " The command below has it."))
        .ifPresent(steps::add);
    switch (report.plan().checkpointMode()) {
      case DIRECT ->
        steps.add(new Advice(
            SERVICE + "Otherwise start it" + asUser()
                + ". It is ready when its index is ready. Run",
            start()));
      case TRUNCATE -> {
        steps.add(new Advice(
            SERVICE + "Otherwise start it" + asUser()
                + ", and wait until it has truncated its log and exited"
                + " with code 0. (A server older than 24.6 does not exit. Then you are done.)"
                + " Run",
            start()));
        steps.add(new Advice("When it has exited with code 0, start it again. Run", start()));
      }
    }
    return steps;
  }

  private String serverUser() {
    return host.user().orElse(host.usualUser());
  }

  private ShellCommand chown() {
    String user = serverUser();
    List<String> words = new ArrayList<>(List.of("chown", "-R", user + ":" + user));
    words.add(report.database().toString());
    if (!report.index().startsWith(report.database())) {
      words.add(report.index().toString());
    }
    return new ShellCommand(words);
  }

  private String asUser() {
    if (!report.owner().isRoot()) {
      return " as the owner of the files (" + host.owner() + ")";
    }
    return host.user().map(user -> " as " + user).orElse(" as the owner of the files");
  }

  private ShellCommand start() {
    List<String> words = new ArrayList<>(fromRoot());
    words.addAll(List.of(host.program(), "--db", report.database().toString()));
    if (indexElsewhere) {
      words.addAll(List.of("--index", report.index().toString()));
    }
    words.addAll(chunkSize.option());
    words.addAll(List.of("--cluster-size", "1", "--discover-via-dns", "false"));
    words.addAll(List.of("--gossip-seed", "127.0.0.1:2113"));
    return new ShellCommand(words);
  }

  /** What lets root start a program as the files' owner: files made by root would stop that one later. */
  private List<String> fromRoot() {
    Owner owner = report.owner();
    if (!host.root()) {
      return List.of();
    }
    String name = owner.isRoot() ? serverUser() : host.owner();
    return name.matches("\\d+")
        ? List.of("setpriv", "--reuid", name, "--regid", "" + owner.group(), "--clear-groups")
        : List.of("runuser", "-u", name, "--");
  }
}
