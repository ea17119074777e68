package io.coldstream.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.copy.CopiedBackup.Outcome;
import io.coldstream.core.support.work.Shard;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that copy one repository together. */
class ShardTest {

  @TempDir
  Path temp;

  @Test
  void everyObjectBelongsToOneShardAndNoShardHasAll() {
    int[] held = new int[5];
    for (int object = 0; object < 1000; object++) {
      ObjectName name = new ObjectName("chunks/chunk-" + object);
      int holders = 0;
      for (int number = 1; number <= 5; number++) {
        if (new Shard(number, 5).holds(name)) {
          held[number - 1]++;
          holders++;
        }
      }
      assertThat(holders).isEqualTo(1);
      assertThat(Shard.WHOLE.holds(name)).isTrue();
    }
    assertThat(IntStream.of(held)).allMatch(count -> count > 150 && count < 250);
    assertThatThrownBy(() -> new Shard(6, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Shard(0, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theShardThatEndsLastWritesPagesAndManifests() throws Exception {
    try (CopyBed bed = new CopyBed(temp)) {
      List<String> puts = new ArrayList<>();
      for (int number : List.of(2, 3, 1)) {
        CountingStore counting = new CountingStore(bed.target);
        CopyReport report = bed.copy(
            CopyRequest.of(Selection.ALL).in(new Shard(number, 3)), bed.source.store(), counting);
        report.requireGood();
        boolean last = number == 1;
        assertThat(report.backups())
            .extracting(CopiedBackup::outcome)
            .containsOnly(last ? Outcome.COPIED : Outcome.WAITING);
        assertThat(bed.names("manifests/")).hasSize(last ? 3 : 0);
        assertThat(report.sent().objects()).isPositive();
        puts.addAll(counting.log().targets(Verb.PUT));
      }
      assertThat(puts).doesNotHaveDuplicates();
      bed.assertIdentical();
      assertThat(bed.verified().counts().backups()).isEqualTo(3);
    }
  }

  @Test
  void shardsThatRunTogetherCopyEverythingOnce() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(4);
    try (CopyBed bed = new CopyBed(temp)) {
      List<Future<CopyReport>> running = new ArrayList<>();
      for (int number = 1; number <= 4; number++) {
        CopyRequest request = CopyRequest.of(Selection.ALL).in(new Shard(number, 4));
        running.add(
            processes.submit(() -> bed.copy(request, bed.source.store(), bed.target.reopen())));
      }
      long sent = 0;
      for (Future<CopyReport> one : running) {
        one.get().requireGood();
        sent += one.get().sent().objects();
      }
      bed.assertIdentical();
      assertThat(bed.verified().counts().backups()).isEqualTo(3);
      // Two that end at the same time may both bring the pages: one of each is created.
      assertThat(sent).isEqualTo(bed.target.names().size() - 3 - 3);
    } finally {
      processes.shutdownNow();
    }
  }

  @Test
  void aDamagedObjectOfAnotherShardKeepsItsBackupWaiting() throws Exception {
    try (CopyBed bed = new CopyBed(temp)) {
      ObjectName chunk = bed.chunkOf(3);
      bed.source.flipBit(chunk);
      int its = new Shard(1, 2).holds(chunk) ? 1 : 2;

      CopyReport bad = bed.copy(
          CopyRequest.of(Selection.NEWEST).in(new Shard(its, 2)), bed.source.store(), bed.target);
      CopyReport other = bed.copy(
          CopyRequest.of(Selection.NEWEST).in(new Shard(3 - its, 2)),
          bed.source.store(),
          bed.target);

      assertThat(bad.count(Outcome.DAMAGED)).isEqualTo(1);
      assertThat(other.count(Outcome.WAITING)).isEqualTo(1);
      assertThat(bed.names("manifests/")).isEmpty();
    }
  }
}
