package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.testing.model.DatabaseSet;
import io.coldstream.eventstore.testing.model.InterleavedFiles;
import io.coldstream.eventstore.testing.model.Ledger;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Captures of a server at work, which makes steps between any two uses of its files. Every capture
 * that succeeds is copied out and judged by the oracle; whether it may fail is decided by counting.
 */
class CaptureHistoriesTest {

  /** Seeds of the histories; each one makes two captures of one server. */
  private static final int HISTORIES_PER_PROFILE = 550;

  private static final int CAPTURES = 2;

  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  private enum Outcome {
    /** Proved, copied out, looked at again, and found to be a set by the oracle. */
    COMMITTED,
    /** Proved, and given up during the copy: the next capture of the run would follow. */
    MOVED,
    /** The server was about to truncate. */
    TRUNCATING,
    /** The server was at its first start. */
    TOO_EARLY,
    /** No capture in a row of some was proved. */
    GIVEN_UP
  }

  @Test
  void everyCaptureOfAServerAtWorkIsASetThatAServerStartsWith() throws Exception {
    for (Profile profile : Profile.values()) {
      for (int seed = 0; seed < HISTORIES_PER_PROFILE; seed++) {
        history(profile, seed);
      }
    }
    int all = outcomes.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(all).isEqualTo(Profile.values().length * HISTORIES_PER_PROFILE * CAPTURES);
    assertThat(outcomes.get(Outcome.COMMITTED)).as("of %s", outcomes).isGreaterThan(all * 8 / 10);
    assertThat(outcomes.getOrDefault(Outcome.GIVEN_UP, 0))
        .as("of %s", outcomes)
        .isLessThan(all / 100);
  }

  private void history(Profile profile, int seed) throws Exception {
    WriterModel model = WriterModel.of(profile, seed);
    Random random = new Random(seed * 31L + profile.ordinal());
    model.run(40 + random.nextInt(600));
    RememberedFiles known = new RememberedFiles();
    int pace = 1 + random.nextInt(4);
    int mostPins = random.nextInt(3) == 0 ? random.nextInt(4) : 100;
    for (int number = 1; number <= CAPTURES; number++) {
      Outcome outcome;
      try {
        outcome = capture(profile, model, random, pace, mostPins, known, number);
      } catch (AssertionError | RuntimeException | IOException e) {
        throw new AssertionError(
            "profile " + profile + ", seed " + seed + ", capture " + number, e);
      }
      assertThat(model.disk().openFiles())
          .as("descriptors left open, profile %s, seed %s", profile, seed)
          .isZero();
      outcomes.merge(outcome, 1, Integer::sum);
      model.run(random.nextInt(300));
    }
  }

  private static Outcome capture(
      Profile profile,
      WriterModel model,
      Random random,
      int pace,
      int mostPins,
      RememberedFiles known,
      int number)
      throws IOException, InterruptedException {
    CaptureSettings settings = CaptureSettings.of(
            DatabaseFolders.of(model.folder(), Optional.of(model.indexFolder())))
        .withMostPins(mostPins);
    CaptureStep step = new CaptureStep(
        InterleavedFiles.of(model, () -> random.nextInt(8) < pace ? random.nextInt(3) : 0),
        () -> Long.MAX_VALUE,
        attempt -> model.run(random.nextInt(30)),
        settings,
        RunListener.NONE);
    int branches = model.ledger().branches().size();
    try (Capture capture = step.capture(known, number, false)) {
      DatabaseSet copy = CapturedCopy.of(capture, known);
      // Now and then the upload takes long enough for a truncation, and for growing beyond it.
      model.run(random.nextInt(12) == 0 ? random.nextInt(1500) : 0);
      Ledger.Branch current = model.ledger().current();
      step.recheck(capture);
      assertThat(isOf(current, capture)).as("still the history of %s", capture).isTrue();
      List<String> verdicts =
          Oracle.structural().arranged().withLedger(model.ledger()).check(copy);
      assertThat(verdicts).as("verdicts on %s", capture).isEmpty();
      // Where neither a group is open nor a truncation has left the index ahead of the log for a
      // while, an index that was read first lies below.
      if (profile.wholeTransactions() && model.ledger().branches().size() == 1) {
        assertThat(capture.warnings()).noneMatch(w -> w.contains("not below the restore point"));
      }
      known.remember(capture.log().lineage());
      return Outcome.COMMITTED;
    } catch (SourceMoved e) {
      return Outcome.MOVED;
    } catch (DatabaseException e) {
      // Only a truncation changes bytes under an open descriptor.
      assertThat(model.truncating() || model.ledger().branches().size() > branches)
          .as("%s", e)
          .isTrue();
      return Outcome.MOVED;
    } catch (RunException e) {
      return refused(e);
    }
  }

  /** Whether the capture knows every epoch of a branch, and drops no more of it than it must. */
  private static boolean isOf(Ledger.Branch branch, Capture capture) {
    long writer = capture.log().positions().writer();
    List<Object> epochs = branch.epochs().stream()
        .filter(epoch -> epoch.position() < writer)
        .<Object>map(epoch -> List.of(epoch.number(), epoch.id(), epoch.position()))
        .toList();
    List<Object> captured = capture.log().lineage().epochs().stream()
        .<Object>map(epoch -> List.of(epoch.number(), epoch.id(), epoch.position()))
        .toList();
    long lastCut =
        branch.safeCuts(writer).stream().mapToLong(Long::longValue).max().orElse(0);
    return captured.equals(epochs) && capture.log().positions().restorePoint() >= lastCut;
  }

  private static Outcome refused(RunException e) {
    if (e.getMessage().contains("finish truncating")) {
      return Outcome.TRUNCATING;
    }
    if (e.getMessage().contains("no database yet")) {
      return Outcome.TOO_EARLY;
    }
    assertThat(e.getMessage()).contains("this is the last failure");
    return Outcome.GIVEN_UP;
  }
}
