package io.coldstream.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.backup.capture.SourceMoved;
import io.coldstream.core.backup.plan.Uploaded;
import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.core.repository.manifest.StoredBytes;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.store.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatsTest {

  private final List<Integer> pauses = new ArrayList<>();

  @Test
  void aRunThatStoresSomethingNewEachTimeEndsToo() throws Exception {
    Repeats repeats = repeats(1);
    for (int capture = 1; capture < Repeats.MAX_CAPTURES; capture++) {
      repeats.moved(new SourceMoved("moved"), chunks(capture));
    }
    RunException end = catchThrowableOfType(
        RunException.class,
        () -> repeats.moved(new SourceMoved("moved again"), chunks(Repeats.MAX_CAPTURES)));
    assertThat(end.kind()).isEqualTo(RunException.Kind.SOURCE_REFUSED);
    assertThat(end).hasMessageContaining("50 times").hasMessageContaining("moved again");
    assertThat(pauses).hasSize(Repeats.MAX_CAPTURES - 1);
  }

  @Test
  void aLostRaceIsFollowedByARandomPause() throws Exception {
    Set<List<Integer>> ways = new HashSet<>();
    for (int seed = 1; seed <= 3; seed++) {
      pauses.clear();
      Repeats repeats = repeats(seed);
      for (int loss = 1; loss < Repeats.MAX_LOSSES; loss++) {
        repeats.lost();
      }
      RunException end = catchThrowableOfType(RunException.class, repeats::lost);
      assertThat(end.kind()).isEqualTo(RunException.Kind.CONFLICT);
      assertThat(pauses).hasSize(Repeats.MAX_LOSSES - 1).allMatch(steps -> steps >= 1);
      ways.add(List.copyOf(pauses));
    }
    assertThat(ways).hasSize(3);
  }

  private static Uploaded chunks(int count) {
    Map<ObjectName, StoredBytes> chunks = new HashMap<>();
    for (int i = 0; i < count; i++) {
      ObjectName name = new ObjectName("chunks/" + i);
      chunks.put(name, new StoredBytes(name, 1, Sha256.of(new byte[1])));
    }
    return new Uploaded(chunks, count, count, 0, 0);
  }

  private Repeats repeats(int seed) {
    return new Repeats("memory:test", pauses::add, new Random(seed), event -> {});
  }
}
