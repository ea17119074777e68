package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DescriptorLimitTest {

  @Test
  void halfOfWhatTheProcessMayOpen() {
    assertThat(DescriptorLimit.half()).isPositive();
    assertThat(DescriptorLimit.half(OptionalLong.of(1024))).isEqualTo(512);
    assertThat(DescriptorLimit.half(OptionalLong.of(1))).isEqualTo(1);
    assertThat(DescriptorLimit.half(OptionalLong.of(Long.MAX_VALUE))).isEqualTo(Integer.MAX_VALUE);
    assertThat(DescriptorLimit.half(OptionalLong.empty())).isEqualTo(128);
  }

  @Test
  void theSoftLimitIsReadFromTheKernelsTable() {
    assertThat(DescriptorLimit.softLimit(List.of(
            "Limit                     Soft Limit           Hard Limit           Units",
            "Max open files            20000                30000                files")))
        .hasValue(20000);
    assertThat(DescriptorLimit.softLimit(
            List.of("Max open files            unlimited            unlimited            files")))
        .hasValue(Long.MAX_VALUE);
    assertThat(DescriptorLimit.softLimit(List.of())).isEmpty();
  }
}
