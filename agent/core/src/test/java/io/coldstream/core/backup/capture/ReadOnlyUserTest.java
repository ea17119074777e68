package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.events.RunListener;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.testing.Nobody;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.store.ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture in a process of another user than the server's, where this one may start such. */
class ReadOnlyUserTest {

  private static final String CHUNK = "chunk-000003.000000";

  @TempDir
  private Path folder;

  private Path db;
  private Nobody nobody;

  /** The other process: captures the first folder and writes what came of it to the second path. */
  static final class OtherUser {

    private OtherUser() {}

    public static void main(String[] arguments) throws Exception {
      CaptureStep step = new CaptureStep(
          new LocalDatabaseFiles(),
          () -> Long.MAX_VALUE,
          attempt -> {},
          CaptureSettings.of(DatabaseFolders.of(Path.of(arguments[0]), Optional.empty())),
          RunListener.NONE);
      String outcome;
      try (Capture capture = step.capture(KnownFiles.NONE, 1, false)) {
        outcome =
            capture.files().completed().size() + " chunks, " + capture.pins().count() + " pins";
      } catch (RunException e) {
        outcome = e.kind() + " " + e.getMessage();
      }
      Files.writeString(Path.of(arguments[1]), outcome);
    }
  }

  @BeforeEach
  void requireAnotherUser() throws Exception {
    db = Fixture.unpack("orders-kurrentdb-26.1", folder).database();
    nobody = Nobody.in(folder);
  }

  @Test
  void readAccessIsEnough() throws Exception {
    assertThat(captureAsNobody()).isEqualTo("7 chunks, 12 pins");
  }

  @Test
  void withoutReadAccessItIsRefused() throws Exception {
    Nobody.allow(db.resolve(CHUNK), "r--------");
    assertThat(captureAsNobody())
        .startsWith(RunException.Kind.SOURCE_REFUSED + " ")
        .contains(CHUNK, "this user has no read permission");
    Nobody.allow(db, "rwx------");
    assertThat(captureAsNobody()).contains(db.toString(), "this user has no read permission");
  }

  private String captureAsNobody() throws Exception {
    return nobody.outcome(
        OtherUser.class,
        List.of(CaptureStep.class, DatabaseException.class, ObjectStore.class),
        db);
  }
}
