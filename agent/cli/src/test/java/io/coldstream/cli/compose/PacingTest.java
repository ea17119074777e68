package io.coldstream.cli.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.store.decorate.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacingTest {

  private static final long GIB = 1 << 30;

  private long now = Long.MAX_VALUE - 5;
  private final Pacing pacing = new Pacing(Duration.ofSeconds(1000), () -> now);

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private static RunEvent planned(long bytes) {
    return new RunEvent.Planned(1, bytes, 0, 0);
  }

  @Test
  void beforeThereIsAPlanThereIsNoPace() {
    assertThat(pacing.bytesPerSecond()).isEqualTo(RateLimit.UNLIMITED);
  }

  @Test
  void whatIsLeftIsSpreadOverTheTimeThatIsLeft() {
    pass(100);
    pacing.on(planned(8 * GIB));
    assertThat(pacing.bytesPerSecond()).isEqualTo(8 * GIB / 800);

    pass(400);
    assertThat(pacing.bytesPerSecond()).isEqualTo(8 * GIB / 400);
    pacing.on(new RunEvent.Transferred(6 * GIB));
    assertThat(pacing.bytesPerSecond()).isEqualTo(2 * GIB / 400);
    pacing.on(new RunEvent.Resumed("chunk-000000.000000", 1, 2, GIB));
    assertThat(pacing.bytesPerSecond()).isEqualTo(GIB / 400);
  }

  @Test
  void aNewPlanCountsAnew() {
    pacing.on(planned(90 * GIB));
    pacing.on(new RunEvent.Transferred(80 * GIB));
    pacing.on(planned(9 * GIB));
    assertThat(pacing.bytesPerSecond()).isEqualTo(9 * GIB / 900);
  }

  @Test
  void itIsNeverSlowerThanDisturbsNobody() {
    pacing.on(planned(1000));
    assertThat(pacing.bytesPerSecond()).isEqualTo(Pacing.MIN_BYTES_PER_SECOND);
    pacing.on(new RunEvent.Transferred(5000));
    assertThat(pacing.bytesPerSecond()).isEqualTo(Pacing.MIN_BYTES_PER_SECOND);
  }

  @Test
  void whoIsLateGoesAsFastAsHeCan() {
    pacing.on(planned(8 * GIB));
    pass(900);
    assertThat(pacing.bytesPerSecond()).isEqualTo(RateLimit.UNLIMITED);
  }
}
