package io.coldstream.eventstore.testing.server;

import java.util.Optional;

/**
 * Scavenges of a {@link NodeEmulator}, as 22.10 and newer have them: a stopped one is resumed by
 * starting it again, under another id. Thread-safe.
 */
public final class ScavengeModel {

  private static final String CURRENT = "/admin/scavenge/current";

  private Optional<String> running = Optional.empty();
  private String last = "00000000-0000-0000-0000-000000000000";
  private String lastResult = "Unknown";
  private String auto;
  private int starts;
  private int questionsUntilPaused;

  private ScavengeModel(Optional<String> auto) {
    this.auto = auto.orElse("");
  }

  /**
   * Adds scavenges to a node; its auto-scavenge answers as recorded.
   *
   * @param node the node
   * @return its scavenges; none runs
   */
  public static ScavengeModel of(NodeEmulator node) {
    ScavengeModel model = new ScavengeModel(Optional.empty());
    model.addManual(node);
    return model;
  }

  /**
   * Adds scavenges to a node that has the feature auto-scavenge.
   *
   * @param node the node
   * @param state what auto-scavenge is doing, for instance {@code Waiting}
   * @param accepted whether a pause is only accepted, as on a node that is no leader
   * @return its scavenges; none runs
   */
  public static ScavengeModel withAuto(NodeEmulator node, String state, boolean accepted) {
    ScavengeModel model = new ScavengeModel(Optional.of(state));
    model.addManual(node);
    model.addAuto(node, accepted ? 202 : 200);
    return model;
  }

  private void addManual(NodeEmulator node) {
    node.answer("GET " + CURRENT, this::current);
    node.answer("DELETE " + CURRENT, this::stop);
    node.answer("POST /admin/scavenge", this::start);
    boolean told =
        RecordedAnswer.of(node.server()).get("GET /admin/scavenge/last").status() == 200;
    if (told) {
      node.answer("GET /admin/scavenge/last", this::last);
    }
  }

  private void addAuto(NodeEmulator node, int status) {
    node.answer("GET /auto-scavenge/enabled", RecordedAnswer.json(200, "{\"enabled\":true}"));
    node.answer("GET /auto-scavenge/status", this::status);
    node.answer("POST /auto-scavenge/pause", () -> changed("Paused", status));
    node.answer("POST /auto-scavenge/resume", () -> changed("Waiting", status));
  }

  /**
   * Takes its time to pause.
   *
   * @param questions how often it says that it is still pausing
   */
  public synchronized void pausesAfter(int questions) {
    questionsUntilPaused = questions;
  }

  /** {@return the id of the scavenge that runs} */
  public synchronized Optional<String> running() {
    return running;
  }

  /** {@return what auto-scavenge is doing; empty without it} */
  public synchronized String auto() {
    return auto;
  }

  /**
   * Starts a scavenge.
   *
   * @return the answer to its start
   */
  public synchronized RecordedAnswer start() {
    starts++;
    running = Optional.of("scavenge-" + starts);
    last = running.get();
    lastResult = "InProgress";
    return RecordedAnswer.json(200, "{\"scavengeId\":\"" + last + "\"}");
  }

  /** The scavenge that runs has done its work. */
  public synchronized void finish() {
    running = Optional.empty();
    lastResult = "Success";
  }

  private synchronized RecordedAnswer stop() {
    if (running.isEmpty()) {
      return RecordedAnswer.empty(404);
    }
    running = Optional.empty();
    lastResult = "Stopped";
    return RecordedAnswer.json(200, "\"" + last + "\"");
  }

  private synchronized RecordedAnswer current() {
    String id = running.orElse("");
    String link = running.map(r -> "/admin/scavenge/" + r).orElse("");
    return RecordedAnswer.json(
        200, "{\"scavengeId\":\"" + id + "\",\"scavengeLink\":\"" + link + "\"}");
  }

  private synchronized RecordedAnswer last() {
    return RecordedAnswer.json(
        200,
        "{\"scavengeId\":\"" + last + "\",\"scavengeLink\":\"\",\"scavengeResult\":\"" + lastResult
            + "\"}");
  }

  private synchronized RecordedAnswer status() {
    boolean pausing = auto.equals("Paused") && questionsUntilPaused > 0;
    questionsUntilPaused -= pausing ? 1 : 0;
    return RecordedAnswer.json(
        200,
        "{\"state\":\"" + (pausing ? "Pausing" : auto)
            + "\",\"schedule\":\"0 6 * * 6\",\"timeUntilNextCycle\":null}");
  }

  private synchronized RecordedAnswer changed(String state, int status) {
    auto = state;
    return RecordedAnswer.empty(status);
  }
}
