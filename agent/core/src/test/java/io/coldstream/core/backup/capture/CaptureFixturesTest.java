package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.files.DatabaseFile;
import io.coldstream.eventstore.files.DatabaseFile.Kind;
import io.coldstream.eventstore.index.IndexMap;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.testing.ExpectedState;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.Oracle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of real directories, of every server version tried, against what is known of them. */
class CaptureFixturesTest {

  @TempDir
  private Path folder;

  static Stream<String> names() {
    return Fixtures.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRealDirectoryIsCapturedAsItIs(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    assertThat(fixture.expected()).isNotEmpty();
    for (var state : fixture.expected().entrySet()) {
      Rig rig = new Rig(fixture.database(state.getKey()));
      try (Capture capture = rig.capture()) {
        agree(capture, state.getValue());
        // A stopped node's last writes are whole: nothing of any of these logs is dropped.
        assertThat(capture.log().positions().restorePoint())
            .isEqualTo(state.getValue().writer());
        RememberedFiles known = new RememberedFiles();
        DatabaseSet copy = CapturedCopy.of(capture, known);
        rig.step().recheck(capture);
        assertThat(Oracle.structural().arranged().check(copy)).isEmpty();
        secondCapture(rig, known, capture);
      }
      assertThat(rig.events).isEmpty();
      assertThat(rig.pauses).isZero();
    }
  }

  private static void secondCapture(Rig rig, RememberedFiles known, Capture first)
      throws Exception {
    known.remember(first.log().lineage());
    rig.known = known;
    try (Capture second = rig.capture()) {
      assertThat(second.pins().count()).isEqualTo(first.files().active().isPresent() ? 1 : 0);
      assertThat(second.files().completed()).isEqualTo(first.files().completed());
      assertThat(second.files().active()).isEqualTo(first.files().active());
      assertThat(second.files().index()).isEqualTo(first.files().index());
      assertThat(second.log().lineage()).isEqualTo(first.log().lineage());
      assertThat(second.log().positions()).isEqualTo(first.log().positions());
    }
  }

  private static List<String> names(Capture capture, Kind kind) {
    return capture.files().index().stream()
        .filter(file -> file.kind() == kind)
        .map(DatabaseFile::fileName)
        .toList();
  }

  private static void agree(Capture capture, ExpectedState expected) {
    assertThat(capture.log().positions().writer()).isEqualTo(expected.writer());
    assertThat(capture.log().positions().chaser())
        .isEqualTo(expected.checkpoints().get("chaser"));
    assertThat(capture.log().positions().epoch()).isEqualTo(optional(expected, "epoch"));
    assertThat(capture.log().positions().proposal()).isEqualTo(optional(expected, "proposal"));
    List<Chunk> chunks = new ArrayList<>(capture.files().completed());
    capture.files().active().ifPresent(active -> chunks.add(active.chunk()));
    assertThat(chunks.stream().map(chunk -> chunk.name().toString()))
        .containsExactlyElementsOf(expected.cover());
    for (Chunk chunk : chunks) {
      agree(
          chunk,
          expected.chunks().stream()
              .filter(c -> c.file().equals(chunk.name().toString()))
              .findFirst()
              .orElseThrow());
    }
    assertThat(names(capture, Kind.INDEX_TABLE))
        .isEqualTo(expected.indexMap().map(ExpectedState.IndexMap::tables).orElse(List.of()));
    assertThat(capture.files().index().stream()
            .filter(IndexMap.class::isInstance)
            .map(map -> ((IndexMap) map).commitCheckpoint().getAsLong()))
        .containsExactlyElementsOf(
            expected.indexMap().map(ExpectedState.IndexMap::commit).stream().toList());
    assertThat(capture.log().lineage().epochs())
        .extracting(Epoch::position)
        .containsAll(expected.epochs())
        .startsWith(0L);
  }

  private static void agree(Chunk chunk, ExpectedState.Chunk expected) {
    assertThat(chunk.header().format()).isEqualTo(expected.format());
    assertThat(chunk.header().chunkSizeBytes()).isEqualTo(expected.chunkSize());
    assertThat(chunk.header().firstNumber()).isEqualTo(expected.start());
    assertThat(chunk.header().lastNumber()).isEqualTo(expected.end());
    assertThat(chunk.header().scavenged()).isEqualTo(expected.scavenged());
    assertThat(chunk.header().id()).hasToString(expected.id());
    assertThat(chunk.lengthBytes()).isEqualTo(expected.length());
    assertThat(chunk.footer().map(footer -> footer.md5().hex()))
        .isEqualTo(expected.footer().map(ExpectedState.Footer::md5));
  }

  private static OptionalLong optional(ExpectedState expected, String checkpoint) {
    return Optional.ofNullable(expected.checkpoints().get(checkpoint)).stream()
        .mapToLong(Long::longValue)
        .filter(value -> value >= 0)
        .findFirst();
  }
}
