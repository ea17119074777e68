package io.coldstream.core.restore;

import io.coldstream.core.disk.Owner;
import java.util.ArrayList;
import java.util.List;

/** What an operator must do after a restore, in order. */
final class NextSteps {

  private static final double LEAST_SECONDS_PER_GB = 6;
  private static final double MOST_SECONDS_PER_GB = 10;

  private NextSteps() {}

  static List<String> of(RestorePlan plan, Target target, Owner owner, boolean takesOver) {
    List<String> steps = new ArrayList<>();
    if (owner.isRoot()) {
      steps.add("The files belong to root: give them to the server's user (chown -R) before it"
          + " starts, since it changes their modes.");
    }
    if (!target.index().equals(target.database().resolve("index"))) {
      steps.add("Start the server with --index " + target.index() + ".");
    }
    steps.add("Change the cluster settings (members, DNS name, certificates) so that the restored"
        + " node does not join the old cluster; restore every node of a new cluster from this same"
        + " backup. Where server-side archiving is on, turn it off or give it an empty bucket.");
    steps.add(index(plan));
    steps.add("From 25.1 on the server builds its secondary indexes (kurrent.ddb) anew, with one"
        + " full read of the log.");
    if (!takesOver) {
      steps.add("This node's own first backup into the same repository will ask for --new-lineage;"
          + " back it up to another prefix if the original lives on.");
    }
    steps.add(start(plan));
    return steps;
  }

  private static String index(RestorePlan plan) {
    if (plan.indexReason().isEmpty()) {
      return "The index is kept; the server reads what the log has beyond it.";
    }
    long logBytes = plan.files().stream()
        .filter(f -> f.place() == PlannedFile.Place.DATABASE)
        .mapToLong(PlannedFile::diskBytes)
        .sum();
    return "The index was not restored (" + plan.indexReason().get()
        + "): the server rebuilds it before it is ready, in roughly "
        + time(logBytes / 1e9 * LEAST_SECONDS_PER_GB) + " to "
        + time(logBytes / 1e9 * MOST_SECONDS_PER_GB)
        + " where the log is in memory, longer from a slow disk.";
  }

  private static String time(double seconds) {
    long whole = Math.max(1, Math.round(seconds));
    if (whole < 120) {
      return whole + " s";
    }
    return whole < 7200 ? whole / 60 + " min" : whole / 3600 + " h";
  }

  private static String start(RestorePlan plan) {
    return switch (plan.arrangement()) {
      case DIRECT -> "Start the server once: it is ready when its index is.";
      case TRUNCATE ->
        "Start the server. From 24.6 on it truncates the log, exits with code 0 and"
            + " must be started a second time; a service manager that restarts only after failures"
            + " does not do that by itself.";
    };
  }
}
