package io.coldstream.core.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.ManifestJson;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.Positions;
import io.coldstream.eventstore.log.Epoch;
import io.coldstream.eventstore.log.Lineage;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.MemoryStore;
import io.coldstream.store.testkit.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewestLineageTest {

  /** Epoch 0 at 0, epoch 1 at 1000. */
  private static final long[] OLD = {0, 0, 1, 1000};

  /** An election discarded what the old leader wrote from 3000 on. */
  private static final long[] ELECTED = {0, 0, 1, 1000, 2, 3000};

  /** Later the database was restored to an earlier point. */
  private static final long[] RESTORED = {0, 0, 1, 1000, 3, 2000};

  private final MemoryStore store = new MemoryStore();
  private final List<String> unreadable = new ArrayList<>();

  @Test
  void everyBackupThatReachesBeyondTheForkHasADiscardedTail() throws Exception {
    List<Manifest> backups = List.of(
        backup(6, 2900, OLD), backup(7, 3100, OLD), backup(8, 4000, OLD), backup(9, 3500, ELECTED));
    NewestLineage lineage = NewestLineage.of(backups);

    assertThat(lineage.discardedTail(backups.get(0))).isEmpty();
    assertThat(lineage.discardedTail(backups.get(1))).hasValue(new DiscardedTail(7, 3000, 3100, 9));
    assertThat(lineage.discardedTail(backups.get(2))).hasValue(new DiscardedTail(8, 3000, 4000, 9));
    assertThat(lineage.discardedTail(backups.get(2)).orElseThrow().bytes()).isEqualTo(1000);
    assertThat(lineage.discardedTail(backups.get(3))).isEmpty();
  }

  @Test
  void aBackupThatEndsWhereTheForkBeginsHasNone() throws Exception {
    Manifest before = backup(8, 3000, OLD);

    assertThat(NewestLineage.of(List.of(before, backup(9, 3500, ELECTED))).discardedTail(before))
        .isEmpty();
  }

  @Test
  void ofSeveralForksTheLowestCounts() throws Exception {
    Manifest seven = backup(7, 4000, OLD);
    Manifest nine = backup(9, 5000, ELECTED);
    Manifest twelve = backup(12, 2500, RESTORED);
    Manifest thirteen = backup(13, 6000, RESTORED);

    NewestLineage lineage = NewestLineage.of(List.of(seven, nine, twelve, thirteen));

    assertThat(lineage.discardedTail(seven)).hasValue(new DiscardedTail(7, 2000, 4000, 12));
    assertThat(lineage.discardedTail(nine)).hasValue(new DiscardedTail(9, 2000, 5000, 12));
    assertThat(lineage.discardedTail(twelve)).isEmpty();
  }

  @Test
  void aLaterForkAboveAnEarlierOneChangesNothingBelowIt() throws Exception {
    Manifest seven = backup(7, 4000, OLD);
    Manifest nine = backup(9, 5000, ELECTED);
    Manifest ten = backup(10, 6000, 0, 0, 1, 1000, 2, 3000, 4, 4500);

    NewestLineage lineage = NewestLineage.of(List.of(seven, nine, ten));

    assertThat(lineage.discardedTail(seven)).hasValue(new DiscardedTail(7, 3000, 4000, 9));
    assertThat(lineage.discardedTail(nine)).hasValue(new DiscardedTail(9, 4500, 5000, 10));
  }

  @Test
  void aHistoryThatWasTakenUpAgainIsNotDiscarded() throws Exception {
    Manifest eight = backup(8, 4000, OLD);
    Manifest nine = backup(9, 3500, ELECTED);
    Manifest ten = backup(10, 5000, OLD);

    NewestLineage lineage = NewestLineage.of(List.of(eight, nine, ten));

    assertThat(lineage.discardedTail(eight)).isEmpty();
    assertThat(lineage.discardedTail(nine)).hasValue(new DiscardedTail(9, 3000, 3500, 10));
  }

  @Test
  void aForkIsSeenWithoutTheManifestThatRecordedIt() throws Exception {
    Manifest eight = backup(8, 4000, OLD);

    assertThat(NewestLineage.of(List.of(eight, backup(10, 6000, ELECTED))).discardedTail(eight))
        .hasValue(new DiscardedTail(8, 3000, 4000, 10));
  }

  @Test
  void inARepositoryDamagedManifestsArePassedOver() throws Exception {
    Manifest eight = backup(8, 4000, OLD);
    Repository repository = repository(
        store,
        eight,
        backup(9, 3500, ELECTED),
        backup(10, 5000, ELECTED),
        backup(11, 6000, ELECTED));
    store.replace(Layout.manifest(9), new byte[9]);
    store.replace(Layout.manifest(11), new byte[9]);

    assertThat(NewestLineage.of(repository, 8, unreadable::add).discardedTail(eight))
        .hasValue(new DiscardedTail(8, 3000, 4000, 10));
    assertThat(unreadable)
        .hasSize(2)
        .anyMatch(text -> text.startsWith("backup 11 was skipped: manifests/000000000011.json"))
        .anyMatch(text -> text.startsWith("backup 9 was skipped: manifests/000000000009.json"));
  }

  @Test
  void aBackupWithoutANewerOneThatCanBeReadHasNone() throws Exception {
    Manifest eight = backup(8, 4000, OLD);
    Repository repository = repository(store, eight, backup(9, 3500, ELECTED));
    store.replace(Layout.manifest(9), new byte[9]);

    assertThat(NewestLineage.of(repository, 8, unreadable::add).discardedTail(eight))
        .isEmpty();
    assertThat(NewestLineage.of(List.of()).discardedTail(eight)).isEmpty();
  }

  @Test
  void aLongRepositoryIsReadAFewTimes() throws Exception {
    Manifest[] backups = new Manifest[1500];
    for (int i = 0; i < backups.length; i++) {
      backups[i] = i < 700 ? backup(i + 1, 4000 + i, OLD) : backup(i + 1, 3500 + i, ELECTED);
    }
    repository(store, backups);
    CountingStore counting = new CountingStore(store);
    Repository repository = new RepositoryLocation(counting, "mem://here").open();
    int opened = counting.count(Verb.READ);

    assertThat(NewestLineage.of(repository, 5, unreadable::add).discardedTail(backups[4]))
        .hasValue(new DiscardedTail(5, 3000, 4004, 701));
    assertThat(counting.count(Verb.READ) - opened).isLessThanOrEqualTo(13);
    assertThat(counting.count(Verb.LIST)).isEqualTo(2);

    int before = counting.count(Verb.READ);
    assertThat(NewestLineage.of(repository, 1400, unreadable::add).discardedTail(backups[1399]))
        .isEmpty();
    assertThat(counting.count(Verb.READ) - before).isEqualTo(1);
  }

  private static Repository repository(MemoryStore store, Manifest... backups) throws Exception {
    RepositoryInfo info =
        new RepositoryInfo(Manifests.REPOSITORY_ID, Instant.EPOCH, Manifests.DATABASE_ID);
    Repository repository = new RepositoryLocation(store, "mem://here").create(info);
    for (Manifest backup : backups) {
      store.replace(Layout.manifest(backup.sequence()), ManifestJson.write(backup));
    }
    return repository;
  }

  private static Manifest backup(long sequence, long restorePoint, long... numbersAndPositions) {
    List<Epoch> epochs = new ArrayList<>();
    OptionalLong previous = OptionalLong.empty();
    for (int i = 0; i < numbersAndPositions.length; i += 2) {
      long number = numbersAndPositions[i];
      UUID id = i == 0 ? Manifests.DATABASE_ID : new UUID(7, number);
      epochs.add(new Epoch(number, id, numbersAndPositions[i + 1], previous));
      previous = OptionalLong.of(numbersAndPositions[i + 1]);
    }
    Positions positions = new Positions(
        restorePoint + 10, 0, OptionalLong.empty(), OptionalLong.empty(), restorePoint, 1000);
    return Manifests.with(sequence, positions, new Lineage(epochs));
  }
}
