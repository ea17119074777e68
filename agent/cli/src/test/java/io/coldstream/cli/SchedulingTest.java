package io.coldstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The unit files and the manifest for Kubernetes, compared with what the command does. */
class SchedulingTest {

  private static final Path UNITS = Pages.root().resolve("src/dist/systemd");

  /** The backup is complete (0, 141), or another attempt may succeed (6, 129, 130, 143). */
  private static final Set<ExitCode> NEEDS_NOBODY = Set.of(
      ExitCode.DONE,
      ExitCode.PIPE_CLOSED,
      ExitCode.STORE_UNAVAILABLE,
      ExitCode.HUNG_UP,
      ExitCode.INTERRUPTED,
      ExitCode.TERMINATED);

  private static final List<Integer> NEEDS_A_PERSON = Arrays.stream(ExitCode.values())
      .filter(code -> !NEEDS_NOBODY.contains(code))
      .map(ExitCode::number)
      .toList();

  private static List<Integer> numbers(String text, String pattern, String separator) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).isTrue();
    return Arrays.stream(matcher.group(1).split(separator))
        .map(Integer::valueOf)
        .toList();
  }

  @Test
  void theServiceDoesNotRestartAfterFailuresThatNeedAPerson() throws IOException {
    String unit = Files.readString(UNITS.resolve("coldstream-backup.service"));
    assertThat(numbers(unit, "(?m)^RestartPreventExitStatus=(.*)$", " ")).isEqualTo(NEEDS_A_PERSON);
  }

  @Test
  void theJobFailsAtOnceAfterFailuresThatNeedAPerson() throws IOException {
    String page = String.join("\n", Pages.lines("scheduling.md"));
    assertThat(numbers(page, "values: \\[([0-9, ]+)\\]", ", ")).isEqualTo(NEEDS_A_PERSON);
  }

  @Test
  void theServiceGivesTheDatabasePrecedenceAsThePageSays() throws IOException {
    List<String> unit = Files.readAllLines(UNITS.resolve("coldstream-backup.service"));
    List<String> named = Pages.rows("scheduling.md").stream()
        .flatMap(row -> Arrays.stream(row.get(0).split(", ")))
        .filter(cell -> cell.contains("="))
        .toList();
    assertThat(named).contains("Nice=10", "CPUWeight=20", "IOWeight=20", "IOSchedulingClass=idle");
    assertThat(unit).containsAll(named);
  }
}
