package io.coldstream.core.restore.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.restore.RestoreBench;
import io.coldstream.core.restore.RestoreRequest;
import io.coldstream.core.restore.TargetBed;
import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.failure.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A link in the place of a folder that a restore works in, and empties: never followed. */
class LinkTest extends TargetBed {

  private Path target;
  private Path outside;

  @BeforeEach
  void makeFolders() throws IOException {
    target = Files.createDirectories(folder.resolve("target"));
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("important"), "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {Target.STAGING, Target.SET_ASIDE, "index", "index/" + Target.STAGING})
  void isRefusedBeforeARestore(String name) throws Exception {
    link(name);

    assertThatThrownBy(() ->
            RestoreBench.restore(new LocalDisk(), repository.open(), RestoreRequest.to(target)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(name + " is not a directory, or is a link");

    assertThat(outside.resolve("important")).hasContent("x");
    assertThat(target.resolve("chaser.chk")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {Target.STAGING, "index/" + Target.STAGING})
  void isRefusedBeforeADiscard(String name) throws Exception {
    link(name);

    assertThatThrownBy(() -> RestoreBench.on(new LocalDisk()).discard(target, Optional.empty()))
        .hasMessageContaining(name + " is not a directory, or is a link");

    assertThat(outside.resolve("important")).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {Target.STAGING, "index/" + Target.STAGING})
  void isRefusedAfterARestore(String name) throws Exception {
    RestoreBench.restore(new LocalDisk(), repository.open(), RestoreRequest.to(target));
    link(name);

    assertThatThrownBy(() ->
            RestoreBench.restore(new LocalDisk(), repository.open(), RestoreRequest.to(target)))
        .hasMessageContaining(name + " is not a directory, or is a link");

    assertThat(outside.resolve("important")).hasContent("x");
  }

  private void link(String name) throws IOException {
    Path link = target.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, outside);
  }
}
