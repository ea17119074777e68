package io.coldstream.core.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.coldstream.core.support.failure.RunException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The scavenges of a node, which belong to it alone, and the auto-scavenge of its cluster. Answers are
 * those in {@code database-files.md#s14-7}.
 */
final class ScavengeControl {

  static final String CURRENT = "/admin/scavenge/current";
  private static final String AUTO = "/auto-scavenge/";

  /** It is answered after the scavenge has ended. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private static final Duration LONGEST_ANSWER = RunningNode.LONGEST_ANSWER;
  private static final Set<String> ENDED = Set.of("success", "errored");

  private final NodeRequests requests;

  ScavengeControl(NodeRequests requests) {
    this.requests = requests;
  }

  /** What auto-scavenge is doing. */
  enum Auto {
    /** The node has no such feature, it is off, or it has no schedule. */
    OFF,
    /** It scavenges nodes when their time has come. */
    ON,
    /** It was told to pause, and a scavenge that it started still runs. */
    PAUSING,
    PAUSED
  }

  Auto auto() throws RunException, InterruptedException {
    NodeAnswer answer = requests.get(AUTO + "status");
    if (answer.isUnknown() || isOff(answer)) {
      return Auto.OFF;
    }
    String state = Fields.text(requests.required(answer), "state")
        .orElseThrow(
            () -> requests.notANode("the answer to " + answer.request() + " has no state"));
    return switch (state.toLowerCase(Locale.ROOT)) {
      case "notconfigured" -> Auto.OFF;
      case "pausing" -> Auto.PAUSING;
      case "paused" -> Auto.PAUSED;
      default -> Auto.ON;
    };
  }

  /** A node answers 503 where the feature is off, and also where its cluster has no leader. */
  private boolean isOff(NodeAnswer answer) throws RunException, InterruptedException {
    return answer.isUnavailable()
        && !requests.get(AUTO + "enabled").json().path("enabled").asBoolean(false);
  }

  void pauseAuto() throws RunException, InterruptedException {
    requireDone(requests.tell("POST", AUTO + "pause", LONGEST_ANSWER));
  }

  void resumeAuto() throws RunException, InterruptedException {
    NodeAnswer answer = requests.tell("POST", AUTO + "resume", LONGEST_ANSWER);
    if (!answer.isUnknown() && !isOff(answer)) {
      requireDone(answer);
    }
  }

  /** Whether this version tells which scavenge runs: then a stopped one can be resumed, too. */
  boolean isKnown() throws RunException, InterruptedException {
    return !requests.get(CURRENT).isUnknown();
  }

  /** The id of the scavenge that runs. */
  Optional<String> current() throws RunException, InterruptedException {
    JsonNode current = requests.required(requests.get(CURRENT));
    return Fields.text(current, "scavengeId").filter(id -> !id.isBlank());
  }

  /** Stops the scavenge that runs; false when it has ended by itself. */
  boolean stop() throws RunException, InterruptedException {
    NodeAnswer answer = requests.tell("DELETE", CURRENT, LONGEST_STOP);
    if (answer.isNotFound()) {
      return false;
    }
    requireDone(answer);
    return true;
  }

  /** Resumes a scavenge that was stopped, unless it had ended, or another one was started since. */
  void resume(String id) throws RunException, InterruptedException {
    if (current().isPresent()) {
      return;
    }
    NodeAnswer last = requests.get("/admin/scavenge/last");
    if (!last.isUnknown() && isOver(requests.required(last), id)) {
      return;
    }
    requireDone(requests.tell("POST", "/admin/scavenge", LONGEST_ANSWER));
  }

  /** A node that was started again since does not know its last scavenge. */
  private static boolean isOver(JsonNode last, String id) {
    String lastId = Fields.text(last, "scavengeId").orElse("");
    String result = Fields.text(last, "scavengeResult").orElse("unknown").toLowerCase(Locale.ROOT);
    return lastId.equals(id) ? ENDED.contains(result) : !result.equals("unknown");
  }

  private void requireDone(NodeAnswer answer) throws RunException {
    if (answer.isDenied()) {
      throw requests.denied(answer);
    }
    if (!answer.isAccepted()) {
      throw requests.unavailable(answer);
    }
  }
}
