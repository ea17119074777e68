package io.coldstream.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartMemoryTest {

  private static final long UNIT = 64 << 10;

  @Test
  void memoryIsGivenUpToTheLimitAndAgainAfterItWasReturned() {
    PartMemory memory = new PartMemory(10 * UNIT);
    assertThat(memory.tryTake(6 * UNIT)).isTrue();
    assertThat(memory.tryTake(4 * UNIT + 1)).isFalse();
    assertThat(memory.tryTake(4 * UNIT)).isTrue();
    assertThat(memory.tryTake(1)).isFalse();
    memory.giveBack(6 * UNIT);
    assertThat(memory.tryTake(6 * UNIT)).isTrue();
  }

  @Test
  void aStartedMebibyteCountsWhole() {
    PartMemory memory = new PartMemory(2 * UNIT);
    assertThat(memory.tryTake(UNIT + 1)).isTrue();
    assertThat(memory.tryTake(1)).isFalse();
    memory.giveBack(UNIT + 1);
    assertThat(memory.tryTake(2 * UNIT)).isTrue();
  }

  @Test
  void aRequestAboveTheLimitIsRefused() {
    PartMemory memory = new PartMemory(Integer.MAX_VALUE * UNIT);
    assertThat(memory.tryTake(Long.MAX_VALUE)).isFalse();
    assertThat(memory.tryTake(Integer.MAX_VALUE * UNIT + 1)).isFalse();
    assertThat(memory.tryTake(Integer.MAX_VALUE * UNIT)).isTrue();
  }

  @Test
  void noneGivesNoMemory() {
    assertThat(PartMemory.NONE.tryTake(1)).isFalse();
  }
}
