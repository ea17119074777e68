package io.coldstream.core.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.core.repository.manifest.Manifests;
import io.coldstream.core.restore.TestRepository;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest with a right digest whose values are not those of the files that it names. */
class CheckpointObjectsTest {

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"chaser", "epoch", "proposal"})
  void aValueThatIsNotThatOfItsFileIsRefused(String field) throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.alter(Layout.manifest(1), bytes -> {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return Manifests.redigested(text.replaceFirst("(\"" + field + "\" : )\\d+", "$112"));
    });

    assertThatThrownBy(() -> BackupFiles.read(repository.open(), 1))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REPOSITORY_DAMAGED))
        .hasMessageContaining(field + ".chk does not match its positions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "truncate"})
  void aCheckpointThatIsNotListedIsRefused(String name) throws Exception {
    Fixture fixture = Fixture.unpack("series-" + Fixtures.NEWEST, folder);
    TestRepository repository = TestRepository.of(fixture.database("day1"));
    repository.alter(Layout.manifest(1), bytes -> {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return Manifests.redigested(
          text.replace("\"name\" : \"" + name + ".chk\"", "\"name\" : \"" + name + ".old\""));
    });

    assertThatThrownBy(() -> BackupFiles.read(repository.open(), 1))
        .hasMessageContaining(name + ".old does not match its positions");
  }
}
