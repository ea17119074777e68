package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.Step;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.testkit.CallLog.Edge;
import io.coldstream.store.testkit.CallLog.Event;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderTest {

  /** The documented order; between two of these stands a barrier. */
  private static final List<String> GROUPS = List.of(
      "RESTORE.txt",
      "RESTORE.sh",
      "coldstream.json",
      "checkpoints/",
      "index/",
      "chunks/",
      "active/",
      "pages/",
      "manifests/");

  @TempDir
  Path temp;

  @Test
  void theOrderOnTheStoreIsTheDocumentedOneWithABarrierBetweenTheGroups() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, temp);
    try (Bed bed = new Bed()) {
      CountingStore store = new CountingStore(bed.memory);
      bed.backUp(fixture.database(), store);
      List<Event> puts =
          store.log().events().stream().filter(e -> e.verb() == Verb.PUT).toList();
      for (int group = 0; group < GROUPS.size(); group++) {
        assertThat(first(puts, GROUPS.get(group), Edge.START))
            .as(GROUPS.get(group))
            .isGreaterThanOrEqualTo(0);
        if (group > 0) {
          assertThat(last(puts, GROUPS.get(group - 1), Edge.END))
              .as(GROUPS.get(group - 1) + " ends before " + GROUPS.get(group) + " begins")
              .isLessThan(first(puts, GROUPS.get(group), Edge.START));
        }
      }
      assertThat(store.log().targets(Verb.PUT).stream().filter(n -> n.startsWith("manifests/")))
          .containsExactly("manifests/000000000001.json");
      assertThat(store.log().count(Verb.STAT)).isZero();
      assertThat(store.log().count(Verb.DELETE)).isZero();
      assertThat(store.log().targets(Verb.READ)).allMatch(name -> name.equals("coldstream.json"));
      assertThat(store.log().mostCallsAtOnce()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void everyStepIsReported() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, temp);
    try (Bed bed = new Bed()) {
      BackupReport report = bed.backUp(fixture.database());
      assertThat(bed.events)
          .filteredOn(RunEvent.StepStarted.class::isInstance)
          .extracting(e -> ((RunEvent.StepStarted) e).step())
          .containsExactly(
              Step.CAPTURE,
              Step.PLAN,
              Step.UPLOAD_CHECKPOINTS,
              Step.UPLOAD_INDEX,
              Step.UPLOAD_CHUNKS,
              Step.UPLOAD_CHUNKS,
              Step.COMMIT);
      long files = bed.events.stream()
          .filter(RunEvent.Transferred.class::isInstance)
          .mapToLong(e -> ((RunEvent.Transferred) e).bytes())
          .sum();
      assertThat(files)
          .isGreaterThan(1_000_000)
          .isLessThanOrEqualTo(report.uploaded().addedBytes());
    }
  }

  private static int first(List<Event> events, String prefix, Edge edge) {
    for (int i = 0; i < events.size(); i++) {
      if (is(events.get(i), prefix, edge)) {
        return i;
      }
    }
    return -1;
  }

  private static int last(List<Event> events, String prefix, Edge edge) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (is(events.get(i), prefix, edge)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean is(Event event, String prefix, Edge edge) {
    return event.edge() == edge && event.targets().get(0).startsWith(prefix);
  }
}
