package io.coldstream.core.support.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.disk.LocalDisk;
import io.coldstream.core.support.state.StateFolder;
import io.coldstream.store.testkit.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run logs, and at which level. */
class RunLogTest {

  private static final String ID = "0123456789abcdefghjkmnpqrs";

  @AutoClose
  private final LogLines log = new LogLines();

  @Test
  void eachEventButBytesIsOneLine() {
    RunLog runLog = new RunLog();
    runLog.on(new RunEvent.StepStarted(Step.UPLOAD_CHUNKS));
    runLog.on(new RunEvent.Planned(3, 1000, 2, 500));
    runLog.on(new RunEvent.Transferred(7));
    runLog.on(new RunEvent.Repeated("capture", 1, "chunk-000001.000000 is gone"));
    runLog.on(new RunEvent.Resumed("chunk-000000.000000", 2, 5, 200));
    runLog.on(new RunEvent.FileDone("chunk-000000.000000", 1000));
    runLog.on(new RunEvent.Warning("no {} is replaced"));

    assertThat(log.lines())
        .containsExactly(
            "INFO RunLog: step: upload chunks",
            "INFO RunLog: planned: 3 files of 1000 bytes to transfer, 2 files of 500 bytes are present",
            "INFO RunLog: capture again, repetition 1: chunk-000001.000000 is gone",
            "INFO RunLog: chunk-000000.000000 resumed: 2 of 5 parts are present",
            "DEBUG RunLog: chunk-000000.000000 done, 1000 bytes",
            "WARN RunLog: no {} is replaced");
  }

  @Test
  void aHintThatCannotBeUsedIsAWarningAndAMissingOneIsNot(@TempDir Path temp) throws Exception {
    StateFolder folder = new StateFolder(new LocalDisk(), temp);
    folder.newest(ID);
    assertThat(log.lines()).isEmpty();

    folder.remember(ID, 42);
    Path file = temp.resolve("newest-" + ID);
    Files.writeString(file, "damaged");
    folder.newest(ID);
    Files.delete(file);
    Files.createDirectory(file);
    folder.newest(ID);

    assertThat(log.lines()).hasSize(2).allMatch(line -> line.startsWith("WARN StateFolder: "));
    assertThat(log.lines()).allMatch(line -> line.contains(file.toString()));
  }
}
