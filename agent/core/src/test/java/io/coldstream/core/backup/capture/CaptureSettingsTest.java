package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.files.DatabaseFolders;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CaptureSettingsTest {

  @Test
  void pinsGetHalfOfWhatTheProcessMayStillOpen() {
    assertThat(CaptureSettings.mostPins(OptionalLong.of(1024), 200)).isEqualTo(412);
    assertThat(CaptureSettings.mostPins(OptionalLong.of(256), 250)).isEqualTo(3);
    assertThat(CaptureSettings.mostPins(OptionalLong.of(10), 200)).isEqualTo(1);
    assertThat(CaptureSettings.mostPins(OptionalLong.of(Long.MAX_VALUE), 0))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(CaptureSettings.mostPins(OptionalLong.empty(), 0)).isEqualTo(128);
  }

  @Test
  void thisProcessMayPinSomething() {
    DatabaseFolders folders = DatabaseFolders.of(Path.of("/data/db"), Optional.empty());

    assertThat(CaptureSettings.of(folders).mostPins()).isPositive();
  }
}
