package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.log.CachedFiles;
import io.coldstream.core.repository.log.ResentReader;
import io.coldstream.core.repository.log.StoredEvents;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.restore.select.RestorePoint.BeforeEvent;
import io.coldstream.eventstore.log.LogRecord;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a restore at each safe cut of a real log keeps is a prefix of what its writer noted. The chosen
 * backup is read up to the cut, which is what a restore of it leaves.
 */
class EverySafeCutTest {

  private static final Pattern STREAM = Pattern.compile("\"stream\": \"([^\"]+)\"");

  @TempDir
  Path folder;

  private TestRepository repository;

  static Stream<String> fixtures() {
    return Fixtures.VERSIONS.stream().flatMap(v -> Stream.of("orders-" + v, "series-" + v));
  }

  /** The records of a backup below its restore point. */
  private List<LogRecord> records(long sequence) throws Exception {
    BackupFiles files = BackupFiles.read(repository.open(), sequence);
    ResentReader reader = new ResentReader(repository.open(), sequence, false);
    List<LogRecord> records = new ArrayList<>();
    try (CachedFiles cached = new CachedFiles(reader)) {
      long end = files.manifest().log().positions().restorePoint();
      new StoredEvents(files, cached).walk(0, end, record -> records.add(record));
    }
    return records;
  }

  /** The clients' events that lie wholly below a position, as the writer names them. */
  private static List<String> eventsBelow(List<LogRecord> records, long position) {
    List<String> events = new ArrayList<>();
    for (LogRecord record : records) {
      if (record.endPosition() <= position
          && record instanceof PrepareRecord event
          && !event.systemStream()) {
        events.add(event.stream() + "@" + event.number());
      }
    }
    return events;
  }

  private static List<String> ledger(Fixture fixture) {
    Map<String, Integer> next = new HashMap<>();
    List<String> events = new ArrayList<>();
    for (String line : fixture.ledger()) {
      Matcher stream = STREAM.matcher(line);
      assertThat(stream.find()).isTrue();
      events.add(stream.group(1) + "@" + (next.merge(stream.group(1), 1, Integer::sum) - 1));
    }
    return events;
  }

  private ChosenPoint choose(RestorePoint point) throws Exception {
    return new PointChoice(repository.open(), false).choose(point, OptionalLong.empty());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aRestoreKeepsAPrefixOfWhatWasWritten(String name) throws Exception {
    Fixture fixture = Fixture.unpack(name, folder);
    List<String> ledger = ledger(fixture);
    List<String> states =
        name.startsWith("orders") ? List.of("db") : List.of("day1", "day2", "day3");
    repository = new TestRepository();
    Map<Long, List<LogRecord>> logs = new HashMap<>();
    for (String state : states) {
      repository.backUp(fixture.database(state));
      logs.put(repository.newest(), records(repository.newest()));
    }
    // The third day is scavenged.
    List<LogRecord> written = logs.get(Math.min(2, repository.newest()));
    long last = 0;
    int cuts = 0;
    for (int i = 0; i < written.size(); i++) {
      LogRecord record = written.get(i);
      boolean beforeGap =
          i + 1 < written.size() && written.get(i + 1).position() != record.endPosition();
      if (record.endsAtSafeCut() && !beforeGap) {
        long cut = record.endPosition();
        ChosenPoint chosen = choose(new RestorePoint.AtPosition(cut));
        assertThat(chosen.position()).isEqualTo(cut);
        List<String> kept =
            eventsBelow(logs.get(chosen.files().manifest().sequence()), chosen.position());
        assertThat(kept).isEqualTo(ledger.subList(0, kept.size()));
        assertThat(kept.size()).isGreaterThanOrEqualTo((int) last);
        last = kept.size();
        cuts++;
      }
    }
    assertThat(cuts).isGreaterThan(250);
    assertThat(last).isGreaterThan(ledger.size() / 2);
  }

  @Test
  void beforeEachEventOnlyItsOwnWriteIsLeftOut() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    repository = TestRepository.of(fixture.database());
    List<LogRecord> records = records(1);
    List<String> ledger = ledger(fixture);
    int checked = 0;
    for (LogRecord record : records) {
      if (record instanceof PrepareRecord event && !event.systemStream()) {
        ChosenPoint chosen =
            choose(new BeforeEvent(event.stream().text(), event.number(), OptionalLong.empty()));
        List<String> kept = eventsBelow(records, chosen.position());
        int place = ledger.indexOf(event.stream() + "@" + event.number());
        assertThat(kept).isEqualTo(ledger.subList(0, kept.size()));
        assertThat(kept.size()).isLessThanOrEqualTo(place);
        // What is left out before the event belongs to its write.
        assertThat(eventsBelow(records, event.transactionPosition())).isEqualTo(kept);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(ledger.size());
  }
}
