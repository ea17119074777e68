package io.coldstream.cli.command;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.work.Shard;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The programs that start the same command several times, and say in variables which one a process is.
 * Where two of them are nested, the first one here counts.
 */
enum Orchestrator {
  AWS_BATCH("AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", "AWS_BATCH_JOB_ID", ":"),
  CLOUD_RUN("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT", "CLOUD_RUN_EXECUTION", ""),
  SLURM("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_JOB_ID", ""),
  /** Does not say how many there are. The host is called as the job, a dash and the index. */
  KUBERNETES("JOB_COMPLETION_INDEX", "", "HOSTNAME", "-");

  /** The variables that tell the index. */
  static final String INDEX_VARIABLES =
      Arrays.stream(values()).map(o -> o.index).collect(Collectors.joining(", "));

  private final String index;
  private final String count;
  private final String job;
  private final String beforeIndex;

  Orchestrator(String index, String count, String job, String beforeIndex) {
    this.index = index;
    this.count = count;
    this.job = job;
    this.beforeIndex = beforeIndex;
  }

  /** {@return the orchestrator that started this process; empty when none did} */
  static Optional<Orchestrator> in(Map<String, String> environment) {
    return Arrays.stream(values())
        .filter(o -> !environment.getOrDefault(o.index, "").isEmpty())
        .findFirst();
  }

  String indexVariable() {
    return index;
  }

  String countVariable() {
    return count;
  }

  /** {@return which shard this is, from 1} */
  int index(Map<String, String> environment) throws RunException {
    int first = this == SLURM ? number(environment, "SLURM_ARRAY_TASK_MIN", 0) : 0;
    int step = this == SLURM ? number(environment, "SLURM_ARRAY_TASK_STEP", 1) : 1;
    int value = number(environment, index, -1);
    if (value < first || step < 1 || (value - first) % step != 0) {
      throw ShardChoice.usage(index + " is " + value + ", which is not one of the numbers from "
          + first + " on in steps of " + step);
    }
    return (value - first) / step + 1;
  }

  /** {@return how many shards there are; empty when the orchestrator does not say} */
  Optional<Integer> count(Map<String, String> environment) throws RunException {
    return count.isEmpty() || !environment.containsKey(count)
        ? Optional.empty()
        : Optional.of(number(environment, count, -1));
  }

  /** {@return the id that all processes of the job have in common; empty when it is not known} */
  Optional<String> job(Map<String, String> environment) {
    String id = environment.getOrDefault(job, "");
    String end = beforeIndex + environment.get(index);
    if (this == KUBERNETES && !id.endsWith(end)) {
      return Optional.empty(); // the host has a name of its own
    }
    boolean cut = !beforeIndex.isEmpty() && id.endsWith(end);
    return Optional.of(cut ? id.substring(0, id.length() - end.length()) : id)
        .filter(i -> !i.isEmpty());
  }

  private static int number(Map<String, String> environment, String variable, int otherwise)
      throws RunException {
    String text = environment.get(variable);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}")) {
      throw ShardChoice.usage(variable + " is not a whole number");
    }
    int value = Integer.parseInt(text);
    if (variable.endsWith("_COUNT") || variable.endsWith("_SIZE")) {
      if (value < 1 || value > Shard.MAX_COUNT) {
        throw ShardChoice.usage(
            variable + " is " + value + "; there can be 1 to " + Shard.MAX_COUNT + " shards");
      }
    }
    return value;
  }
}
