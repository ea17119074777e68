package io.coldstream.core.restore.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.Layout;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.SmallDatabase;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.disk.CrashingDisk;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectName;
import io.coldstream.store.StoreException;
import io.coldstream.store.testkit.Fault;
import io.coldstream.store.testkit.FaultyStore;
import io.coldstream.store.testkit.Verb;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointComparisonTest {

  private static final RestoreRequest OPTIONS = RestoreRequest.to(Path.of("/data/db"));

  @TempDir
  Path folder;

  private final CrashingDisk disk = new CrashingDisk();
  private TestRepository repository;

  @BeforeEach
  void backUp() throws Exception {
    SmallDatabase.make().writeTo(folder.resolve("db"));
    repository = TestRepository.of(folder.resolve("db"));
  }

  private ObjectName checkpoint(String name) throws RunException {
    return new ObjectName(repository.open().manifest(1).files().checkpointFolder() + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"writer.chk", "chaser.chk", "proposal.chk", "direct/epoch.chk", "direct/writer.chk"
      })
  void anotherValueThanTheManifestsIsRefused(String name) throws Exception {
    ObjectName object = checkpoint(name);
    repository.flipBit(object);

    assertThatThrownBy(() -> RestoreBench.restore(disk, repository.open(), OPTIONS))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContainingAll(
            object.value() + " holds ", Layout.manifest(1).value(), "nothing was written");
    assertThat(disk.look(OPTIONS.target())).isEmpty();

    repository.remove(object);
    assertThat(RestoreBench.restore(disk, repository.open(), OPTIONS).plan().notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains(object.value(), "is missing", "was used"));
  }

  @Test
  void anObjectThatWasCutProvesNothing() throws Exception {
    ObjectName object = checkpoint("direct/proposal.chk");
    repository.alter(object, bytes -> new byte[3]);

    assertThat(RestoreBench.restore(disk, repository.open(), OPTIONS).plan().notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains(object.value(), "3 bytes long", "was used"));
  }

  @Test
  void anIdentityThatMayNotReadThemRestoresWithANote() throws Exception {
    // The repository, the manifest and its page are read before them.
    FaultyStore store = new FaultyStore(
        repository.store(), Fault.atCall(Verb.READ, 4).as(StoreException.Kind.ACCESS_DENIED));

    assertThat(RestoreBench.restore(disk, TestRepository.open(store), OPTIONS)
            .plan()
            .notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains("were not compared", "checkpoints/"));
    assertThat(store.happened()).isTrue();
  }

  @Test
  void aStoreThatFailsKeepsItsMeaning() throws Exception {
    FaultyStore store = new FaultyStore(
        repository.store(), Fault.atCall(Verb.READ, 4).as(StoreException.Kind.UNAVAILABLE));

    assertThatThrownBy(() -> RestoreBench.restore(disk, TestRepository.open(store), OPTIONS))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STORE_UNAVAILABLE));
  }
}
