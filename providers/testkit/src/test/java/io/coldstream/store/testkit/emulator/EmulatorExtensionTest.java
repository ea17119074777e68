package io.coldstream.store.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class EmulatorExtensionTest {

  @TempDir
  private Path cache;

  @TempDir
  private Path record;

  @Test
  void aClassIsSkippedWhenItsProgramIsMissing() throws Exception {
    EngineExecutionResults ran = run(OnAzurite.class, "aws");
    ran.containerEvents().assertStatistics(s -> s.skipped(1).failed(0));
    ran.testEvents().assertStatistics(s -> s.started(0));
    assertThat(ran.containerEvents().skipped().list().get(0).getRequiredPayload(String.class))
        .contains("azurite is not installed");
    assertThat(recorded(OnAzurite.class)).containsExactly("azurite", "absent", "0", "0", "0");
  }

  @Test
  void aClassFailsWhenItsRequiredProgramIsMissing() throws Exception {
    EngineExecutionResults ran = run(OnAzurite.class, "aws,azurite");
    ran.containerEvents().assertStatistics(s -> s.skipped(0).failed(1));
    ran.testEvents().assertStatistics(s -> s.started(0));
    assertThat(recorded(OnAzurite.class)).containsExactly("azurite", "absent", "0", "0", "0");
  }

  @Test
  void theSummaryCountsTestsAndNamesDeviations() throws Exception {
    Files.createFile(Files.createDirectory(cache.resolve("azurite-1.2")).resolve("complete"));
    EngineExecutionResults ran = run(OnAzurite.class, "azurite");
    ran.testEvents().assertStatistics(s -> s.succeeded(4).failed(1));
    assertThat(recorded(OnAzurite.class))
        .containsExactly(
            "azurite", "1.2", "5", "4", "2", "deviates: by this", "nestedDeviates: by that");
  }

  @Test
  void theVersionOfAServerInThisProcessComesFromItsArtifact() throws Exception {
    run(InProcess.class, "").testEvents().assertStatistics(s -> s.succeeded(1));
    List<String> recorded = recorded(InProcess.class);
    assertThat(recorded.get(1)).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(recorded).containsExactly("AssertJ", recorded.get(1), "1", "1", "0");
  }

  private EngineExecutionResults run(Class<?> sample, String required) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(sample))
        .configurationParameter("coldstream.require", required)
        .configurationParameter("coldstream.emulators", cache.toString())
        .configurationParameter("coldstream.record", record.toString())
        .execute();
  }

  /** The fields of its one line, without that of its name. */
  private List<String> recorded(Class<?> sample) throws Exception {
    List<String> lines = Files.readAllLines(record.resolve(sample.getName() + ".tsv"));
    assertThat(lines).hasSize(1);
    List<String> fields = new ArrayList<>(List.of(lines.get(0).split("\t")));
    assertThat(fields.remove(2)).isEqualTo(sample.getName());
    return fields;
  }

  @NeedsEmulator("azurite")
  static class OnAzurite {
    @Test
    void passes() {}

    @Test
    void fails() {
      assertThat(1).isEqualTo(2);
    }

    @Test
    @Deviation("by this")
    void deviates() {}

    @Nested
    class Inner {
      @ParameterizedTest
      @ValueSource(ints = {1, 2})
      @Deviation("by that")
      void nestedDeviates(int number) {
        assertThat(number).isPositive();
      }
    }
  }

  @Emulator(value = "AssertJ", artifact = "org.assertj:assertj-core")
  static class InProcess {
    @Test
    void passes() {}
  }
}
