package io.coldstream.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.Amount;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import io.coldstream.store.testkit.CountingStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageRunTest {

  @TempDir
  Path folder;

  private TestRepository repository;

  @BeforeEach
  void backUp() throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    repository.backUp(fixture.database("day3"));
  }

  @Test
  void oneListingAndEachDocumentOnceAreRead() throws Exception {
    CountingStore store = new CountingStore(repository.store());

    UsageReport report = new UsageRun(TestRepository.open(store)).run();

    // The whole prefix in one, and the manifests' numbers.
    assertThat(store.count(Verb.LIST)).isEqualTo(2);
    // What the repository is, three manifests, three pages.
    assertThat(store.count(Verb.READ)).isEqualTo(7);
    assertThat(report.totalUnnamed()).isEqualTo(Amount.NONE);
    assertThat(report.total().objects()).isEqualTo(repository.store().contents().size());
  }

  @Test
  void whatABackupOwnsIsFreedWhenItsManifestIsGone() throws Exception {
    UsageReport before = new UsageRun(repository.open()).run();

    repository.remove(Layout.manifest(2));
    UsageReport after = new UsageRun(repository.open()).run();

    Amount own = before.backups().get(1).own();
    long manifest = before.total().bytes() - after.total().bytes();
    assertThat(after.totalUnnamed().bytes()).isEqualTo(own.bytes() - manifest);
    assertThat(after.totalUnnamed().objects()).isEqualTo(own.objects() - 1);
    assertThat(after.backups()).hasSize(2);
  }

  @Test
  void everyKindIsCounted() throws Exception {
    UsageReport report = new UsageRun(repository.open()).run();

    Map<ObjectKind, Long> counted = new TreeMap<>();
    for (ObjectName name : repository.store().contents().keySet()) {
      counted.merge(ObjectKind.of(name), 1L, Long::sum);
    }
    assertThat(counted).containsKeys(ObjectKind.CHUNKS, ObjectKind.INDEX, ObjectKind.OTHER);
    counted.forEach((kind, objects) ->
        assertThat(report.all().get(kind).objects()).as(kind.name()).isEqualTo(objects));
  }

  @Test
  void aDamagedManifestEndsIt() throws Exception {
    repository.flipBit(Layout.manifest(2));

    assertThatThrownBy(() -> new UsageRun(repository.open()).run())
        .isInstanceOf(RunException.class)
        .hasMessageContaining("000000000002.json");
  }
}
