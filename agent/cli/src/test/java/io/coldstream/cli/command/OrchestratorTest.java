package io.coldstream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.cli.settings.ResultStream;
import io.coldstream.cli.settings.Surroundings;
import io.coldstream.cli.settings.Terminal;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.core.support.work.Shard;
import io.coldstream.core.verify.RunShard;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part a process is, by the variables of what started it. */
class OrchestratorTest {

  private static RunShard shard(String option, Optional<String> run, String variables)
      throws RunException {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ")) {
      environment.put(variable.replaceFirst("=.*", ""), variable.replaceFirst("[^=]*=", ""));
    }
    ResultStream nowhere =
        new ResultStream(OutputStream.nullOutputStream(), StandardCharsets.UTF_8, false);
    Surroundings surroundings = new Surroundings(
        environment,
        Path.of("/"),
        Path.of("/none"),
        nowhere,
        nowhere,
        Terminal.NONE,
        Clock.systemUTC());
    return new ShardChoice.Converter().convert(option).in(surroundings, run);
  }

  @ParameterizedTest
  @CsvSource({
    "/8, JOB_COMPLETION_INDEX=3 HOSTNAME=verify-29-3, verify-29, 4, 8",
    "auto, AWS_BATCH_JOB_ARRAY_INDEX=0 AWS_BATCH_JOB_ARRAY_SIZE=5 AWS_BATCH_JOB_ID=ab-1:0, ab-1, 1, 5",
    "/5, AWS_BATCH_JOB_ARRAY_INDEX=4 AWS_BATCH_JOB_ARRAY_SIZE=5 AWS_BATCH_JOB_ID=ab-1:4, ab-1, 5, 5",
    "auto, CLOUD_RUN_TASK_INDEX=2 CLOUD_RUN_TASK_COUNT=3 CLOUD_RUN_EXECUTION=verify-x7, verify-x7, 3, 3",
    "auto, SLURM_ARRAY_TASK_ID=5 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_JOB_ID=77, 77, 3, 4",
    "auto, SLURM_ARRAY_TASK_ID=9 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0 "
        + "SLURM_ARRAY_TASK_STEP=3 SLURM_ARRAY_JOB_ID=77, 77, 4, 4",
    "2/3, CLOUD_RUN_TASK_INDEX=0 CLOUD_RUN_EXECUTION=verify-x7, verify-x7, 2, 3",
  })
  void aProcessKnowsItsPart(String option, String variables, String run, int index, int count)
      throws Exception {
    assertThat(shard(option, Optional.empty(), variables))
        .isEqualTo(new RunShard(run, new Shard(index, count)));
    assertThat(shard(option, Optional.of("mine"), variables))
        .isEqualTo(new RunShard("mine", new Shard(index, count)));
  }

  @ParameterizedTest
  @CsvSource({
    "auto, JOB_COMPLETION_INDEX=3 HOSTNAME=verify-3, give --shard /N",
    "/3, JOB_COMPLETION_INDEX=3 HOSTNAME=verify-3, makes this shard 4",
    "/8, JOB_COMPLETION_INDEX=3 HOSTNAME=node-7, --run is missing",
    "/8, JOB_COMPLETION_INDEX=x HOSTNAME=verify-x, JOB_COMPLETION_INDEX is not a whole number",
    "/8, NONE=1, none of the variables",
    "/4, CLOUD_RUN_TASK_INDEX=0 CLOUD_RUN_TASK_COUNT=3 CLOUD_RUN_EXECUTION=e, CLOUD_RUN_TASK_COUNT",
    "auto, CLOUD_RUN_TASK_INDEX=0 CLOUD_RUN_TASK_COUNT=0 CLOUD_RUN_EXECUTION=e, 1 to 10000",
    "auto, SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0 "
        + "SLURM_ARRAY_TASK_STEP=3 SLURM_ARRAY_JOB_ID=77, in steps of 3",
  })
  void whatIsNotKnownIsAUsageError(String option, String variables, String message) {
    assertThatThrownBy(() -> shard(option, Optional.empty(), variables))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContaining(message);
  }

  @Test
  void ofNestedOrchestratorsTheOneThatSaysHowManyThereAreCounts() throws Exception {
    assertThat(shard(
            "auto",
            Optional.empty(),
            "JOB_COMPLETION_INDEX=7 AWS_BATCH_JOB_ARRAY_INDEX=0 AWS_BATCH_JOB_ARRAY_SIZE=2"
                + " AWS_BATCH_JOB_ID=j:0"))
        .isEqualTo(new RunShard("j", new Shard(1, 2)));
  }
}
