package io.coldstream.core.drill.events;

import io.coldstream.core.drill.server.DrillFault;
import io.coldstream.core.restore.plan.RestorePlan;
import io.coldstream.eventstore.checkpoint.Checkpoint;
import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.log.PrepareRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * The events that a server must answer.
 *
 * @param end where the log ends
 * @param tail the last events below that, the newest first
 * @param samples events of chunks all over the log
 */
public record ExpectedEvents(long end, List<LoggedEvent> tail, List<LoggedEvent> samples) {

  static final int MAX_TAIL = 10;

  /** How many chunks give samples: the first, the last, and others by chance. */
  static final int MAX_CHUNKS = 16;

  static final int SAMPLES_PER_CHUNK = 2;

  /** Records of a chunk that are looked at, from its end: about a megabyte of a usual log. */
  private static final int RECORDS = 1_000;

  /** Tail records that are looked at: in between there may be many that are no events. */
  private static final int TAIL_RECORDS = 10_000;

  public ExpectedEvents {
    tail = List.copyOf(tail);
    samples = List.copyOf(samples);
  }

  /**
   * Chooses the events, from files that no server has been started on.
   *
   * @param database the restored database
   * @param plan what was restored
   * @param random chooses the samples
   * @return the events
   * @throws DrillFault when there is none that could be compared
   * @throws IOException when the files cannot be read
   */
  public static ExpectedEvents choose(Path database, RestorePlan plan, Random random)
      throws DrillFault, IOException {
    long writer = plan.checkpoints().stream()
        .filter(checkpoint -> checkpoint.name() == CheckpointName.WRITER)
        .map(Checkpoint::position)
        .findFirst()
        .orElseThrow()
        .orElseThrow();
    RestoredLog log = new RestoredLog(database, writer, plan.position());
    List<Chunk> chunks = log.chunks();
    List<LoggedEvent> tail = tail(log, chunks);
    List<LoggedEvent> samples = new ArrayList<>();
    for (int index : chosen(chunks.size(), random)) {
      samples.addAll(samples(log, chunks.get(index), random));
    }
    if (tail.isEmpty() && samples.isEmpty()) {
      throw new DrillFault("the restored log has no event that could be compared: looked at up to "
          + RECORDS + " records of " + Math.min(chunks.size(), MAX_CHUNKS) + " chunks");
    }
    return new ExpectedEvents(plan.position(), tail, samples);
  }

  private static List<LoggedEvent> tail(RestoredLog log, List<Chunk> chunks) throws IOException {
    List<LoggedEvent> tail = new ArrayList<>();
    for (int i = chunks.size() - 1; i >= 0 && tail.size() < MAX_TAIL; i--) {
      for (PrepareRecord record : log.events(chunks.get(i), TAIL_RECORDS)) {
        if (tail.size() < MAX_TAIL) {
          tail.add(log.event(record));
        }
      }
    }
    return tail;
  }

  private static TreeSet<Integer> chosen(int chunks, Random random) {
    TreeSet<Integer> chosen = new TreeSet<>(List.of(0, chunks - 1));
    while (chosen.size() < Math.min(chunks, MAX_CHUNKS)) {
      chosen.add(random.nextInt(chunks));
    }
    return chosen;
  }

  /** Of events that users wrote, where there are any: they have no limits of age, as statistics do. */
  private static List<LoggedEvent> samples(RestoredLog log, Chunk chunk, Random random)
      throws IOException {
    List<PrepareRecord> records = new ArrayList<>(log.events(chunk, RECORDS));
    Collections.shuffle(records, random);
    records.sort((one, other) -> Boolean.compare(one.systemStream(), other.systemStream()));
    List<LoggedEvent> samples = new ArrayList<>();
    for (int i = 0; i < records.size() && samples.size() < SAMPLES_PER_CHUNK; i++) {
      LoggedEvent event = log.event(records.get(i));
      if (!event.isLink() && event.hasPlainStream()) {
        samples.add(event);
      }
    }
    return samples;
  }
}
