package io.coldstream.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.repository.Repository;
import io.coldstream.core.repository.manifest.Manifest;
import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.repository.manifest.PageEntry;
import io.coldstream.core.restore.select.RestorePoint;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.Remedy;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.verify.Finding;
import io.coldstream.core.verify.TestVerify;
import io.coldstream.core.verify.VerifyOptions;
import io.coldstream.core.verify.VerifyReport;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.store.ObjectName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents of a real repository in which a byte is altered, inserted or lost at every place: every
 * reader refuses them.
 */
class DamagedDocumentsTest {

  private static final ObjectName NEWEST = Layout.manifest(2);

  @TempDir
  Path folder;

  private final Random random = new Random(7);
  private Fixture fixture;
  private TestRepository repository;
  private Repository open;

  @BeforeEach
  void backUpTwice() throws Exception {
    fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    repository = TestRepository.of(fixture.database("day1"));
    repository.backUp(fixture.database("day2"));
    open = repository.open();
  }

  /** Reads each damaged form of an object, and puts the good one back. */
  private int everyDamage(ObjectName name, Reader reader) throws Exception {
    byte[] good = repository.store().contents().get(name);
    int count = 0;
    for (int at = 0; at < good.length; at++) {
      for (byte[] damaged : damaged(good, at)) {
        repository.store().replace(name, damaged);
        reader.read("byte " + at + " of " + good.length + ": " + damaged.length);
        count++;
      }
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    for (byte appended : new byte[] {0, ' ', '\n', '}'}) {
      longer[good.length] = appended;
      repository.store().replace(name, longer);
      reader.read("followed by " + appended);
    }
    repository.store().replace(name, good);
    return count;
  }

  /** Another digit or letter, another bit, one less, one more, and the rest cut off. */
  private byte[][] damaged(byte[] good, int at) {
    byte[] replaced = good.clone();
    do {
      replaced[at] = (byte) (' ' + random.nextInt(95));
    } while (replaced[at] == good[at]);
    byte[] flipped = good.clone();
    flipped[at] ^= (byte) (1 << random.nextInt(8));
    byte[] shorter = Arrays.copyOf(good, good.length - 1);
    System.arraycopy(good, at + 1, shorter, at, good.length - at - 1);
    byte[] doubled = Arrays.copyOf(good, good.length + 1);
    System.arraycopy(good, at, doubled, at + 1, good.length - at);
    return new byte[][] {replaced, flipped, shorter, doubled, Arrays.copyOf(good, at)};
  }

  private static void assertDamaged(ThrowingCallable call, String what, ObjectName name) {
    RunException refusal = catchThrowableOfType(RunException.class, call);
    assertThat(refusal).as(what).isNotNull();
    assertThat(refusal.kind()).as(what).isEqualTo(Kind.REPOSITORY_DAMAGED);
    assertThat(refusal).as(what).hasMessageContaining(name.value());
  }

  @Test
  void everyDamagedManifestIsRefused() throws Exception {
    int count = everyDamage(NEWEST, what -> assertDamaged(() -> open.manifest(2), what, NEWEST));
    assertThat(count).isGreaterThan(20_000);
    assertThat(open.manifest(2).sequence()).isEqualTo(2);
  }

  @Test
  void everyDamagedRepositoryDocumentIsRefused() throws Exception {
    int count = everyDamage(
        Layout.REPOSITORY, what -> assertDamaged(repository::open, what, Layout.REPOSITORY));
    assertThat(count).isGreaterThan(1_000);
    assertThat(repository.open().info()).isEqualTo(open.info());
  }

  @Test
  void everyDamagedPageIsRefused() throws Exception {
    PageEntry page = open.manifest(2).files().pages().get(0);
    int count = everyDamage(
        page.object(), what -> assertDamaged(() -> open.page(page), what, page.object()));
    assertThat(count).isGreaterThan(10_000);
    assertThat(open.page(page)).hasSize(page.files());
  }

  @Test
  void noRunAcceptsADamagedManifest() throws Exception {
    byte[] good = repository.store().contents().get(NEWEST);
    for (int i = 0; i < 120; i++) {
      int at = random.nextInt(good.length);
      byte[][] forms = damaged(good, at);
      byte[] form = forms[i % forms.length];
      repository.store().replace(NEWEST, form);
      String what = "byte " + at + ", form " + i % forms.length;

      assertDamaged(() -> restore(new RestorePoint.Latest()), what, NEWEST);
      assertDamaged(() -> restore(new RestorePoint.OfBackup(2)), what, NEWEST);
      assertThat(restore(new RestorePoint.AtPosition(1_000_000))).as(what).isEqualTo(1);
      assertDamaged(() -> repository.backUp(fixture.database("day2")), what, NEWEST);
      VerifyReport report = verify(VerifyOptions.structure());
      assertThat(report.findings()).as(what).extracting(Finding::object).containsExactly(NEWEST);
      assertThat(report.counts().backups()).as(what).isEqualTo(1);
      assertThat(repository.store().contents().get(NEWEST)).as(what).isEqualTo(form);
    }
    assertThat(open.sequences(0)).containsExactly(1L, 2L);
  }

  @Test
  void aGoodBackupBesideADamagedOneIsRestoredAndVerified() throws Exception {
    repository.flipBit(NEWEST);

    assertThat(restore(new RestorePoint.OfBackup(1))).isEqualTo(1);
    VerifyReport first = verify(VerifyOptions.data().ofBackup(1));
    first.requireGood();
    assertThat(first.notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains(NEWEST.value() + " is damaged"));
  }

  @Test
  void theRefusalNamesTheNewestBackupThatCanBeRead() throws Exception {
    repository.backUp(fixture.database("day3"));
    repository.flipBit(Layout.manifest(3));
    repository.flipBit(open.manifest(2).files().pages().get(0).object());

    RunException refusal =
        catchThrowableOfType(RunException.class, () -> restore(new RestorePoint.Latest()));
    assertThat(refusal).hasMessageContaining(Layout.manifest(3) + " is damaged");
    assertThat(refusal.remedies()).containsExactly(Remedy.otherBackup(1));
    assertThat(Remedy.otherBackup(1).when()).contains("newest backup that can be read is 1");

    repository.flipBit(Layout.manifest(1));
    assertThat(
            catchThrowableOfType(RunException.class, () -> restore(new RestorePoint.OfBackup(3))))
        .hasMessageContaining("No backup of " + TestRepository.URL + " can be read");
  }

  @Test
  void aDamagedNewestManifestIsSetAsideAndItsNumberIsNotUsedAgain() throws Exception {
    repository.flipBit(NEWEST);
    byte[] damaged = repository.store().contents().get(NEWEST);
    RunException refusal =
        catchThrowableOfType(RunException.class, () -> repository.backUp(fixture.database("day2")));
    assertThat(refusal)
        .hasMessageContainingAll(
            "backup 2", "nothing was uploaded", "rename it to " + Layout.setAside(2));

    repository.remove(NEWEST);
    repository.store().replace(Layout.setAside(2), damaged);
    Manifest next = repository.backUp(fixture.database("day2"));

    assertThat(next.sequence()).isEqualTo(3);
    assertThat(open.sequences(0)).containsExactly(1L, 3L);
    assertThat(repository.store().contents().get(Layout.setAside(2))).isEqualTo(damaged);
    verify(VerifyOptions.data()).requireGood();
    assertThat(restore(new RestorePoint.Latest())).isEqualTo(3);
  }

  @Test
  void aManifestOfAnUnknownFormatIsNotToBeSetAside() throws Exception {
    repository.alter(
        NEWEST,
        bytes -> Manifests.redigested(new String(bytes, StandardCharsets.UTF_8)
            .replace("\"coldstream\" : 1", "\"coldstream\" : 2")));

    RunException refusal =
        catchThrowableOfType(RunException.class, () -> repository.backUp(fixture.database("day2")));

    assertThat(refusal.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED);
    assertThat(refusal).hasMessageContaining("says format 2").hasMessageNotContaining("rename");
  }

  private long restore(RestorePoint point) throws RunException {
    RestoreRequest options = RestoreRequest.to(Path.of("/data/my db")).at(point).dry();
    return RestoreBench.restore(new CrashingDisk(), open, options)
        .plan()
        .backup()
        .sequence();
  }

  private VerifyReport verify(VerifyOptions options) throws RunException {
    return new TestVerify().run(open, options);
  }

  /** Reads an object in its damaged form. */
  @FunctionalInterface
  private interface Reader {
    void read(String what) throws Exception;
  }
}
