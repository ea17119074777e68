package io.coldstream.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.backup.HookedStore;
import io.coldstream.core.copy.CopiedBackup.Outcome;
import io.coldstream.core.repository.Layout;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that are deleted while they are copied: manifest first, then what only they need. */
class PrunedSourceTest {

  @TempDir
  Path temp;

  private CopyBed bed;

  @BeforeEach
  void backUp() throws Exception {
    bed = new CopyBed(temp);
  }

  @AfterEach
  void end() {
    bed.close();
  }

  /** Deletes the newest backup before the first call whose text begins so. */
  private ObjectStore pruned(String moment) {
    return HookedStore.once(bed.source.store(), moment, call -> {
      List<ObjectName> deleted = new ArrayList<>(List.of(Layout.manifest(3)));
      String folder = bed.source.open().manifest(3).files().checkpointFolder();
      bed.source.store().names().stream()
          .filter(name -> name.value().startsWith(folder) || name.value().startsWith("pages/"))
          .filter(name -> !name.equals(pageOf(2)) && !name.equals(pageOf(1)))
          .forEach(deleted::add);
      bed.source.store().delete(deleted);
    });
  }

  private ObjectName pageOf(long sequence) {
    try {
      return bed.source.open().manifest(sequence).files().pages().get(0).object();
    } catch (RunException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read manifests/",
        "read pages/",
        "read checkpoints/",
        "read chunks/",
        "read active/"
      })
  void theOneThatIsCopiedEndsTheRunAndIsNotVisible(String moment) throws Exception {
    assertThatThrownBy(() -> bed.copy(CopyRequest.of(Selection.NEWEST), pruned(moment), bed.target))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
        .hasMessageContaining("backup 3 was deleted")
        .hasMessageContaining("Run this again");
    assertThat(bed.names("manifests/")).isEmpty();

    bed.copy(Selection.NEWEST).requireGood();
    assertThat(bed.names("manifests/")).containsExactly(Layout.manifest(2).value());
    bed.verified();
  }

  @Test
  void oneOfAllIsLeftOut() throws Exception {
    CopyReport report = bed.copy(CopyRequest.of(Selection.ALL), pruned("read chunks/"), bed.target);

    report.requireGood();
    assertThat(report.backups())
        .extracting(CopiedBackup::outcome)
        .containsExactly(Outcome.GONE, Outcome.COPIED, Outcome.COPIED);
    assertThat(bed.names("manifests/"))
        .containsExactly(Layout.manifest(1).value(), Layout.manifest(2).value());
    assertThat(bed.verified().counts().backups()).isEqualTo(2);
  }
}
