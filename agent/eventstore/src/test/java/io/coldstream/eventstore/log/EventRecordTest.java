package io.coldstream.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.testing.model.RecordImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordTest {

  private static final long POSITION = 1000;
  private static final long TICKS = 638_355_968_000_000_000L;
  private static final UUID ID = new UUID(1, 2);
  private static final byte[] DATA = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  private final RecordParser parser = new RecordParser("chunk-000000.000000");

  private static byte[] payload(int version) {
    return new RecordImage.Prepare(
            version,
            POSITION,
            0x127,
            POSITION,
            0,
            41,
            "orders-1",
            ID,
            ID,
            TICKS,
            "OrderPlaced",
            DATA,
            new byte[] {9})
        .payload();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anEventHasAllThatItsWriterGaveIt(int version) throws Exception {
    EventRecord event = EventRecord.parse(parser, payload(version), POSITION);

    assertThat(event.id()).isEqualTo(ID);
    assertThat(event.type()).isEqualTo("OrderPlaced");
    assertThat(event.data()).isEqualTo(ByteBuffer.wrap(DATA));
    assertThat(event.metadata()).isEqualTo(ByteBuffer.wrap(new byte[] {9}));
    assertThat(event.prepare().number()).isEqualTo(42);
    assertThat(event.prepare().stream().text()).isEqualTo("orders-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anEventThatIsCutOffAnywhereIsDamaged(int version) {
    byte[] whole = payload(version);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> EventRecord.parse(parser, cut, POSITION))
          .as("%s bytes", length)
          .isInstanceOf(DatabaseException.class);
    }
  }
}
