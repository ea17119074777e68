package io.coldstream.core.node;

import io.coldstream.core.repository.manifest.LogState;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.store.decorate.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A node that answered. Used by one thread. */
public final class RunningNode implements SourceNode {

  /** How long an answer of a node can take. */
  public static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  /** How far apart the end of a log can be from what its node told seconds ago. */
  static final long FAR_BYTES = 16L << 20;

  /** Nodes of a cluster tell each other their positions every second or two. */
  private static final int MAX_QUESTIONS = 20;

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

  private final NodeReader reader;
  private final NodeFacts facts;
  private final QuietNode quiet;
  private final boolean keepsQuiet;

  private RunningNode(NodeReader reader, NodeFacts facts, QuietNode quiet, boolean keepsQuiet) {
    this.reader = reader;
    this.facts = facts;
    this.quiet = quiet;
    this.keepsQuiet = keepsQuiet;
  }

  /**
   * Asks a node.
   *
   * @param address where it listens
   * @param credentials who this program is to it
   * @param notes where it is noted what is paused
   * @param warnings receives sentences for people
   * @return the node, which is not kept quiet
   * @throws NodeStopped when nothing listens there
   * @throws RunException as {@link NodeReader#read} says; USAGE when the credentials cannot be used
   * @throws InterruptedException when this thread was interrupted
   */
  public static RunningNode ask(
      NodeAddress address,
      NodeCredentials credentials,
      PausedNotes notes,
      Consumer<String> warnings)
      throws NodeStopped, RunException, InterruptedException {
    return ask(NodeRequests.to(address, credentials, LONGEST_ANSWER), notes, warnings);
  }

  static RunningNode ask(NodeRequests requests, PausedNotes notes, Consumer<String> warnings)
      throws NodeStopped, RunException, InterruptedException {
    NodeReader reader = new NodeReader(requests);
    QuietNode quiet = new QuietNode(requests, notes, Pause.SLEEP, warnings);
    return new RunningNode(reader, reader.read(), quiet, false);
  }

  /** {@return the same node, which is kept quiet while its files are captured} */
  public RunningNode keptQuiet() {
    return new RunningNode(reader, facts, quiet, true);
  }

  /** {@return what was paused on it, also when that runs again by now} */
  public PausedNode paused() {
    return quiet.paused();
  }

  /**
   * Resumes what this run or an earlier one left paused.
   *
   * @throws RunException when it is still paused; CONFLICT when another run is at it
   * @throws InterruptedException when this thread was interrupted
   */
  public void resumeLeft() throws RunException, InterruptedException {
    quiet.resumeLeft();
  }

  @Override
  public Quiet quiet() throws RunException, InterruptedException {
    return keepsQuiet ? quiet.begin() : SourceNode.NONE.quiet();
  }

  /** {@return what it told when it was asked} */
  public NodeFacts facts() {
    return facts;
  }

  @Override
  public Optional<String> version() {
    return facts.version();
  }

  @Override
  public void requireOwn(LogState log) throws RunException, InterruptedException {
    if (facts.gossip().isEmpty()) {
      return;
    }
    Member self = facts.gossip().get().self();
    long captured = log.positions().writer();
    Optional<Epoch> epoch = self.epoch();
    if (epoch.isPresent() && log.lineage().epochs().stream().noneMatch(epoch.get()::isSame)) {
      throw another("the node's log has epoch " + epoch.get().number() + " ("
          + epoch.get().id() + ") at " + epoch.get().position()
          + ", and the log in the directory has not");
    }
    if (self.writer() - captured > FAR_BYTES) {
      throw another("the node's log ended at " + self.writer()
          + " before the files were read, and the log in the directory ends at " + captured);
    }
    if (facts.gossip().get().isCluster()) {
      requireReached(captured);
    }
  }

  /** What a single node tells of its position may be old; a cluster's node tells it all the time. */
  private void requireReached(long captured) throws RunException, InterruptedException {
    long told = facts.gossip().orElseThrow().self().writer();
    for (int i = 0; captured - told > FAR_BYTES && i < MAX_QUESTIONS; i++) {
      if (i > 0) {
        Pause.SLEEP.pause(BETWEEN_QUESTIONS);
      }
      told = reader.gossip(facts.state()).map(gossip -> gossip.self().writer()).orElse(captured);
    }
    if (captured - told > FAR_BYTES) {
      throw another(
          "the node's log ends at " + told + ", and the log in the directory at " + captured);
    }
  }

  private RunException another(String difference) {
    return new RunException(
        Kind.SOURCE_REFUSED,
        "the directory is not the one of the node " + facts.address() + ": " + difference
            + ". Nothing was backed up; check --db and --node");
  }
}
