package io.coldstream.core.support.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessLimitsTest {

  @ParameterizedTest
  @ValueSource(strings = {"Too many open files", "No file descriptors available"})
  void aProcessWithoutDescriptorsIsToldWhichLimitToRaise(String text) {
    IOException socket = new IOException("put a: " + text);
    IOException file = new FileSystemException("a", null, text);
    for (Throwable failure : List.of(socket, file, new IllegalStateException("x", file))) {
      assertThat(ProcessLimits.reached(failure).orElseThrow())
          .contains(
              "ulimit -n",
              "LimitNOFILE",
              Long.toString(ProcessLimits.openFiles().orElse(0)));
    }
  }

  @Test
  void aMachineWithoutDescriptorsIsToldApart() {
    assertThat(ProcessLimits.reached(new IOException("Too many open files in system")))
        .hasValueSatisfying(text -> assertThat(text).contains("fs.file-max"));
  }

  @Test
  void aUserWithoutProcessesIsToldWhichLimitToRaise() {
    for (Throwable failure : List.of(
        new OutOfMemoryError("unable to create native thread: possibly out of memory"),
        new IOException("Cannot run program \"token\": error=11, Resource unavailable"))) {
      assertThat(ProcessLimits.reached(new IllegalStateException(failure)).orElseThrow())
          .contains("ulimit -u", "LimitNPROC", "TasksMax");
    }
  }

  @Test
  void anyOtherFailureIsNoLimit() {
    assertThat(ProcessLimits.reached(new OutOfMemoryError("Java heap space"))).isEmpty();
    assertThat(ProcessLimits.reached(new IOException())).isEmpty();
    assertThat(ProcessLimits.reached(new NoClassDefFoundError("a/B"))).isEmpty();
  }

  @Test
  void theSoftLimitIsReadFromTheKernelsTable() {
    List<String> table = List.of(
        "Limit                     Soft Limit           Hard Limit           Units",
        "Max processes             20                   30                   processes",
        "Max open files            unlimited            unlimited            files");

    assertThat(ProcessLimits.softLimit(table, "Max processes")).hasValue(20);
    assertThat(ProcessLimits.softLimit(table, "Max open files")).hasValue(Long.MAX_VALUE);
    assertThat(ProcessLimits.softLimit(List.of(), "Max open files")).isEmpty();
  }
}
