package io.coldstream.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.checkpoint.CheckpointName;
import io.coldstream.eventstore.checkpoint.CheckpointReader;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.EpochChain;
import io.coldstream.eventstore.log.EpochSearch;
import io.coldstream.eventstore.log.LogReader;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.SafeCuts;
import io.coldstream.eventstore.testing.model.Ledger;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reads the files of modelled servers, stopped at many instants, and compares what they say with
 * what the model knows that it has written.
 */
class ModelledServersTest {

  private static final int SEEDS = 3;
  private static final int INSTANTS = 25;
  private static final int STEPS = 150;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whatIsReadIsWhatWasWritten(Profile profile) throws IOException {
    int read = 0;
    int scavenged = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      WriterModel model = new WriterModel(WriterModel.Settings.of(profile, seed).steady());
      for (int instant = 0; instant < INSTANTS; instant++) {
        model.run(STEPS);
        OptionalLong writer = checkpoint(model, CheckpointName.WRITER);
        if (writer.isPresent() && writer.getAsLong() > 0) {
          LogReader log = new Database(model, model.folder(), writer.getAsLong()).log();
          compare(log, model.ledger().current(), checkpoint(model, CheckpointName.EPOCH));
          read++;
          scavenged += log.chunks().stream().anyMatch(c -> c.header().scavenged()) ? 1 : 0;
        }
      }
    }
    assertThat(read).isGreaterThan(SEEDS * INSTANTS / 2);
    assertThat(scavenged).isPositive();
  }

  private static void compare(LogReader log, Ledger.Branch truth, OptionalLong epoch)
      throws IOException {
    TreeSet<Long> cuts = new TreeSet<>();
    for (Chunk chunk : log.chunks()) {
      if (chunk.header().scavenged()) {
        cuts.add(chunk.endPosition());
      } else {
        compare(log, chunk, truth, cuts);
      }
    }
    long last = cuts.isEmpty() ? 0 : cuts.last();
    assertThat(SafeCuts.atOrBelow(log, log.writer())).isEqualTo(last);
    assertThat(SafeCuts.atOrBelowRecordEnd(log, log.writer())).isEqualTo(last);
    if (epoch.isPresent()) {
      List<Epoch> expected = truth.epochs().stream()
          .filter(e -> e.position() <= epoch.getAsLong())
          .map(e -> new Epoch(
              e.number(),
              e.id(),
              e.position(),
              e.previousPosition() < 0
                  ? OptionalLong.empty()
                  : OptionalLong.of(e.previousPosition())))
          .toList();
      assertThat(EpochChain.lineage(log, epoch.getAsLong()).epochs()).isEqualTo(expected);
    }
    assertThat(EpochSearch.lastBelow(log, log.writer(), log.writer()).map(Epoch::id))
        .isEqualTo(truth.epochBelow(log.writer()).map(Ledger.Epoch::id));
  }

  private static void compare(LogReader log, Chunk chunk, Ledger.Branch truth, TreeSet<Long> cuts)
      throws IOException {
    long end = Math.min(chunk.endPosition(), log.writer());
    List<LogRecord> records = new ArrayList<>();
    log.walk(chunk.startPosition(), end, records::add);
    List<Ledger.Entry> written = truth.between(chunk.startPosition(), end);
    assertThat(records.stream().map(LogRecord::position))
        .isEqualTo(written.stream().map(Ledger.Entry::position).toList());
    assertThat(records.stream().map(LogRecord::endsAtSafeCut))
        .isEqualTo(written.stream().map(Ledger.Entry::safe).toList());
    records.stream().filter(LogRecord::endsAtSafeCut).forEach(r -> cuts.add(r.endPosition()));
    if (end == chunk.endPosition() && truth.isSafeCut(end)) {
      cuts.add(end);
    }
  }

  private static OptionalLong checkpoint(WriterModel model, CheckpointName name)
      throws IOException {
    return CheckpointReader.read(model, model.folder(), name)
        .map(checkpoint -> checkpoint.position())
        .orElse(OptionalLong.empty());
  }
}
