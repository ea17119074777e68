package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.coldstream.core.repository.RepositoryLocation;
import io.coldstream.core.restore.LocalRepository;
import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreReport;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.RestoreRun;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.disk.Owner;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.testing.Nobody;
import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import io.coldstream.eventstore.testing.model.Oracle;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.spi.StoreProvider;
import io.coldstream.store.testkit.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** Restores in a process of another user, where this one may start such; elsewhere skipped. */
class OtherUserTest {

  @TempDir
  Path folder;

  private Path repository;
  private Nobody nobody;

  /** The other process: restores from the first folder to the second, and reports in the third. */
  static final class OtherUser {

    private OtherUser() {}

    public static void main(String[] arguments) throws Exception {
      run(arguments, request(Path.of(arguments[1])));
    }

    static void run(String[] arguments, RestoreRequest request) throws Exception {
      String outcome;
      try (ObjectStore store = LocalRepository.open(Path.of(arguments[0]))) {
        RestoreReport report = RestoreBench.on(new LocalDisk(), new ProcessTable())
            .run(new RepositoryLocation(store, "file:test").open(), request);
        outcome = report.outcome() + " " + report.owner();
      } catch (RunException e) {
        outcome = e.kind() + " " + e.getMessage();
      }
      Files.writeString(Path.of(arguments[2]), outcome);
    }
  }

  /** A target is only planned when a file beside it says so. */
  private static RestoreRequest request(Path target) {
    RestoreRequest request = RestoreRequest.to(target);
    return Files.exists(target.resolveSibling("dry-run")) ? request.dry() : request;
  }

  /** The same, for yet another owner. */
  static final class OtherUserForAnother {

    private OtherUserForAnother() {}

    public static void main(String[] arguments) throws Exception {
      OtherUser.run(
          arguments, RestoreRequest.to(Path.of(arguments[1])).ownedBy(new Owner(998, 997)));
    }
  }

  @BeforeEach
  void requireAnotherUser() throws Exception {
    Fixture fixture = Fixture.unpack("orders-" + Fixtures.NEWEST, folder);
    repository = folder.resolve("repository");
    LocalRepository.copy(TestRepository.of(fixture.database()).store(), repository);
    nobody = Nobody.in(folder);
  }

  @Test
  void aUserRestoresIntoItsOwnDirectory() throws Exception {
    Path target = Files.createDirectory(folder.resolve("own"));
    Files.setAttribute(target, "unix:uid", Nobody.USER);

    assertThat(restoreAsNobody(target)).startsWith("RESTORED " + Nobody.USER + ":");

    assertThat(Oracle.check(target)).isEmpty();
    try (Stream<Path> all = Files.walk(target)) {
      for (Path each : all.toList()) {
        assertThat(Files.getAttribute(each, "unix:uid")).as(each.toString()).isEqualTo(Nobody.USER);
      }
    }
  }

  @Test
  void aUserWithoutANameIsNotTakenForRoot() throws Exception {
    Path target = Files.createDirectory(folder.resolve("own"));
    Files.setAttribute(target, "unix:uid", Nobody.WITHOUT_NAME);

    assertThat(restoreAs(nobody.withoutName(), target))
        .startsWith("RESTORED " + Nobody.WITHOUT_NAME + ":");
  }

  @Test
  void aDirectoryOfAnotherUserThatIsNotWritableIsRefused() throws Exception {
    Path target = Files.createDirectory(folder.resolve("roots"));
    Nobody.allow(target, "rwxr-xr-x");

    assertThat(restoreAsNobody(target))
        .startsWith("TARGET_REFUSED")
        .contains("belongs to user 0, but this process runs as user " + Nobody.USER)
        .contains("may not write there");
    assertThat(target).isEmptyDirectory();
  }

  /** As Kubernetes prepares a volume for fsGroup. */
  @Test
  void theRootOfAVolumeIsRootsButTheFilesAreTheUsers() throws Exception {
    Path target = Files.createDirectory(folder.resolve("volume"));
    Files.setAttribute(target, "unix:gid", Nobody.USER);
    Files.setAttribute(target, "unix:mode", 0x4000 | 02775);

    assertThat(restoreAsNobody(target)).startsWith("RESTORED " + Nobody.USER + ":");

    try (Stream<Path> all = Files.walk(target)) {
      for (Path each : all.filter(path -> !path.equals(target)).toList()) {
        assertThat(Files.getAttribute(each, "unix:uid")).as(each.toString()).isEqualTo(Nobody.USER);
      }
    }
  }

  @Test
  void rootThatMayNotGiveFilesAwayIsToldAsWhomToRun() throws Exception {
    Path target = Files.createDirectory(folder.resolve("squashed"));
    Files.setAttribute(target, "unix:uid", Nobody.USER);
    Nobody.allow(target, "rwxrwxrwx");

    assertThat(restoreAs(nobody.squashedRoot(), target))
        .startsWith("TARGET_REFUSED")
        .contains("does not let root give it to user " + Nobody.USER)
        .endsWith("run the restore as user " + Nobody.USER);
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void rootThatMayNotWriteIsToldAsWhomToRun() throws Exception {
    Path target = Files.createDirectory(folder.resolve("squashed"));
    Files.setAttribute(target, "unix:uid", Nobody.USER);
    Nobody.allow(target, "rwxr-xr-x");

    assertThat(restoreAs(nobody.squashedRoot(), target))
        .startsWith("TARGET_REFUSED")
        .contains("permission denied; this process is root", "root_squash")
        .endsWith("run the restore as user " + Nobody.USER);
    assertThat(target).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDirectoryInAnotherUsersIsRefused(boolean dry) throws Exception {
    Path target = folder.resolve("locked/parent/db");
    Files.createDirectory(folder.resolve("locked"));
    Files.createDirectory(target.getParent());
    if (dry) {
      Files.createFile(target.resolveSibling("dry-run"));
    }
    Nobody.allow(folder.resolve("locked"), "rwxr-xr-x");
    Nobody.allow(target.getParent(), "rwxr-xr-x");

    assertThat(restoreAsNobody(target))
        .startsWith("TARGET_REFUSED")
        .contains(
            target.getParent() + " belongs to user 0", "run the restore as the server's user");
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void anOwnDirectoryWithoutWritePermissionIsRefused(boolean exists, boolean dry) throws Exception {
    Path parent = Files.createDirectory(folder.resolve("locked"));
    Path target = parent.resolve("db");
    if (dry) {
      Files.createFile(target.resolveSibling("dry-run"));
    }
    Path refused = exists ? Files.createDirectory(target) : parent;
    Nobody.allow(parent, "rwxr-xr-x");
    Nobody.allow(refused, "r-xr-xr-x");
    Files.setAttribute(refused, "unix:uid", Nobody.USER);

    assertThat(restoreAsNobody(target))
        .startsWith("TARGET_REFUSED")
        .contains(refused + " belongs to this user, who may not write into it; run chmod u+w")
        .doesNotContain("the server's user");
    assertThat(Files.exists(target)).isEqualTo(exists);
  }

  @Test
  void anOwnerThatIsAskedForNeedsRoot() throws Exception {
    Path target = Files.createDirectory(folder.resolve("own"));
    Files.setAttribute(target, "unix:uid", Nobody.USER);

    assertThat(nobody.outcome(OtherUserForAnother.class, needed(), repository, target))
        .startsWith("TARGET_REFUSED --owner needs root: this process runs as user " + Nobody.USER
            + ", and only root can give files to 998:997; nothing was changed.");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void rootGivesFilesAndNewFoldersToTheOwnerThatIsAskedFor() throws Exception {
    Path target = folder.resolve("new/db");
    RestoreReport report;
    try (ObjectStore store = LocalRepository.open(repository)) {
      report = RestoreBench.restore(
          new LocalDisk(),
          new RepositoryLocation(store, "file:test").open(),
          RestoreRequest.to(target).ownedBy(new Owner(998, 997)));
    }

    assertThat(report.owner()).isEqualTo(new Owner(998, 997));
    assertThat(report.place().directoryOwner()).isEqualTo(new Owner(998, 997));
    try (Stream<Path> all = Files.walk(folder.resolve("new"))) {
      for (Path each : all.toList()) {
        assertThat(Files.getAttribute(each, "unix:uid")).as(each.toString()).isEqualTo(998);
        assertThat(Files.getAttribute(each, "unix:gid")).as(each.toString()).isEqualTo(997);
      }
    }
  }

  @Test
  void anUnfinishedRestoreOfAnotherOwnerIsRefused() throws Exception {
    Path target = folder.resolve("begun");
    Path staged = Files.createDirectories(target.resolve(Target.STAGING)).resolve("lock");
    Files.createFile(staged);
    try (ObjectStore store = LocalRepository.open(repository)) {
      RestoreRequest request = RestoreRequest.to(target).ownedBy(new Owner(998, 997));
      assertThatThrownBy(() -> RestoreBench.restore(
              new LocalDisk(), new RepositoryLocation(store, "file:test").open(), request))
          .isInstanceOfSatisfying(
              RunException.class,
              e -> assertThat(e.kind()).isEqualTo(RunException.Kind.TARGET_REFUSED))
          .hasMessageContainingAll(
              staged.toString(), "belongs to 0:0, but --owner is 998:997", "--discard");
    }
    assertThat(target.resolve("writer.chk")).doesNotExist();
  }

  @Test
  void rootGivesTheFilesToTheDirectorysOwner() throws Exception {
    Path target = Files.createDirectory(folder.resolve("theirs"));
    Files.setAttribute(target, "unix:uid", Nobody.USER);
    try (ObjectStore store = LocalRepository.open(repository)) {
      RestoreBench.restore(
          new LocalDisk(),
          new RepositoryLocation(store, "file:test").open(),
          RestoreRequest.to(target));
    }
    try (Stream<Path> all = Files.walk(target)) {
      for (Path each : all.toList()) {
        assertThat(Files.getAttribute(each, "unix:uid")).as(each.toString()).isEqualTo(Nobody.USER);
      }
    }
  }

  private String restoreAsNobody(Path target) throws Exception {
    return restoreAs(nobody, target);
  }

  private String restoreAs(Nobody user, Path target) throws Exception {
    return user.outcome(OtherUser.class, needed(), repository, target);
  }

  private static List<Class<?>> needed() {
    List<Class<?>> needed = new ArrayList<>(List.of(
        RestoreRun.class,
        DatabaseException.class,
        ObjectStore.class,
        MemoryStore.class,
        JsonProperty.class,
        JsonFactory.class,
        JsonNode.class,
        Jdk8Module.class,
        Logger.class,
        LoggerContext.class,
        AppenderBase.class));
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      needed.add(provider.getClass());
    }
    return needed;
  }
}
