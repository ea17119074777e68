package io.coldstream.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Workers;
import io.coldstream.core.verify.TestVerify;
import io.coldstream.core.verify.VerifyOptions;
import io.coldstream.core.verify.VerifyReport;
import io.coldstream.eventstore.testing.model.Profile;
import io.coldstream.eventstore.testing.model.WriterModel;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.testkit.MemoryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A repository with three backups of a growing database, and a place to copy it to. */
final class CopyBed implements AutoCloseable {

  static final String TARGET_URL = "memory:copy";

  final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  final MemoryStore target = new MemoryStore();
  final TestRepository source;
  private final Path folder;
  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  CopyBed(Path folder) throws Exception {
    this.folder = folder;
    WriterModel model =
        new WriterModel(WriterModel.Settings.of(Profile.V24_10, 5).steady());
    for (int day = 1; day <= 4; day++) {
      model.run(200);
      model.snapshot().writeTo(day(day));
    }
    source = TestRepository.of(day(1));
    source.backUp(day(2));
    source.backUp(day(3));
  }

  /** The database on a day, 1 to 4; the last one is not backed up yet. */
  Path day(int number) {
    return folder.resolve("day" + number);
  }

  CopyReport copy(Selection selection) throws RunException {
    return copy(CopyRequest.of(selection), source.store(), target);
  }

  CopyReport copy(CopyRequest request, ObjectStore from, ObjectStore to) throws RunException {
    return copy(request, TestRepository.open(from), to);
  }

  CopyReport copy(CopyRequest request, Repository from, ObjectStore to) throws RunException {
    RunListener listener = events::add;
    return CopyRun.run(
        request,
        new CopyParts(
            from,
            new RepositoryLocation(to, TARGET_URL),
            new Workers(pool, 4),
            listener,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
  }

  /** A chunk that a backup has. */
  ObjectName chunkOf(long sequence) throws RunException {
    return BackupFiles.read(source.open(), sequence)
        .completed()
        .get(0)
        .objects()
        .get(0)
        .object();
  }

  /** Every byte of every backup at the target is what its manifest says. */
  VerifyReport verified() throws RunException {
    // Of a copy of the target: a verification stores its result, which the source does not have.
    MemoryStore copy = new MemoryStore();
    target.contents().forEach(copy::replace);
    VerifyReport report =
        new TestVerify().run(new RepositoryLocation(copy, TARGET_URL).open(), VerifyOptions.data());
    report.requireGood();
    return report;
  }

  /** Names at the target under a folder. */
  List<String> names(String folder) {
    return target.names().stream()
        .map(ObjectName::value)
        .filter(name -> name.startsWith(folder))
        .toList();
  }

  /** The target holds all of the source, byte for byte, and nothing else. */
  void assertIdentical() {
    Map<ObjectName, byte[]> expected = new TreeMap<>(source.store().contents());
    expected.keySet().removeIf(name -> name.value().startsWith("progress/"));
    Map<ObjectName, byte[]> actual = target.contents();
    assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
    actual.forEach(
        (name, bytes) -> assertThat(bytes).as(name.value()).isEqualTo(expected.get(name)));
  }

  /** Warnings so far. */
  List<String> warnings() {
    return List.copyOf(events).stream()
        .filter(RunEvent.Warning.class::isInstance)
        .map(event -> ((RunEvent.Warning) event).text())
        .toList();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
