package io.coldstream.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.eventstore.log.WholeRecords.Stretch;
import io.coldstream.eventstore.testing.model.RecordImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WholeRecordsTest {

  private static final long START = 1000;
  private static final long TICKS = 638_355_968_000_000_000L;
  private static final int RECORDS = 200;

  private final List<Long> starts = new ArrayList<>();
  private final byte[] log = log();

  private byte[] log() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < RECORDS; i++) {
      long position = START + bytes.size();
      starts.add(position);
      bytes.writeBytes(RecordImage.framed(
          RecordImage.commit(i % 2, position, position, i, new UUID(i, i), TICKS)));
    }
    starts.add(START + bytes.size());
    return bytes.toByteArray();
  }

  private List<Stretch> found(byte[] bytes) throws IOException {
    return WholeRecords.find("chunk", START, START + log.length, position -> {
      int from = (int) Math.min(bytes.length, position - START);
      return new ByteArrayInputStream(bytes, from, bytes.length - from);
    });
  }

  @Test
  void soundDataIsOneStretch() throws IOException {
    assertThat(found(log)).containsExactly(new Stretch(START, START + log.length));
  }

  @Test
  void aDamagedRecordIsLeftOutAndNoOther() throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      byte[] damaged = log.clone();
      int from = (int) (starts.get(i) - START);
      Arrays.fill(damaged, from, from + 12, (byte) 0);
      List<Stretch> expected = new ArrayList<>();
      if (i > 0) {
        expected.add(new Stretch(START, starts.get(i)));
      }
      if (i < RECORDS - 1) {
        expected.add(new Stretch(starts.get(i + 1), START + log.length));
      }
      assertThat(found(damaged)).as("record %s", i).isEqualTo(expected);
    }
  }

  @Test
  void dataThatIsCutOffEndsWithItsLastWholeRecord() throws IOException {
    for (int length = 0; length < 500; length++) {
      long end = START + length;
      long last = starts.stream().filter(s -> s <= end).reduce((a, b) -> b).orElseThrow();
      assertThat(found(Arrays.copyOf(log, length)))
          .isEqualTo(last == START ? List.of() : List.of(new Stretch(START, last)));
    }
  }

  @Test
  void stretchesAreWholeRecordsWhateverTheDamage() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] damaged = log.clone();
      for (int i = random.nextInt(100); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      long end = START;
      for (Stretch stretch : found(damaged)) {
        assertThat(stretch.start()).isGreaterThanOrEqualTo(end).isLessThan(stretch.end());
        assertThat(starts).contains(stretch.start(), stretch.end());
        end = stretch.end();
      }
      assertThat(end).isLessThanOrEqualTo(START + log.length);
    }
  }

  @Test
  void dataThatIsNoLogHoldsNothing() throws IOException {
    byte[] random = new byte[log.length];
    new Random(1).nextBytes(random);
    assertThat(found(random)).isEmpty();
    assertThat(found(new byte[0])).isEmpty();
  }
}
