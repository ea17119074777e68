package io.coldstream.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochJsonTest {

  private static final String ID = "00112233-4455-6677-8899-aabbccddeeff";
  private static final String REAL = String.format(Locale.ROOT, """
      {
        "epochPosition": 733,
        "epochNumber": 1,
        "epochId": "%s",
        "timeStamp": "2026-11-22T21:07:54.4921494Z",
        "leaderInstanceId": "96cff1c2-8c75-40e1-81da-ea92023d9b4c"
      }""", ID);

  @Test
  void fieldsWithDefaultValuesAreMissing() {
    // No previous position means 0: the second epoch, whose predecessor is the first record.
    assertThat(parse(REAL)).isEqualTo(new Epoch(1, UUID.fromString(ID), 733, OptionalLong.of(0)));
    assertThat(parse("{\"epochId\":\"" + ID + "\",\"prevEpochPosition\":-1}"))
        .isEqualTo(new Epoch(0, UUID.fromString(ID), 0, OptionalLong.empty()));
  }

  @Test
  void unknownFieldsAreIgnored() {
    assertThat(parse("{\"a\":null,\"b\":[],\"c\":{},\"d\":[1,{\"epochId\":\"x\"},[\"]\"]],"
            + "\"e\":-1.5E+3,\"f\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9}\",\"g\":true,"
            + "\"epochId\":\"" + ID + "\",\"epochPosition\":9}\r\n\t "))
        .isEqualTo(new Epoch(0, UUID.fromString(ID), 9, OptionalLong.of(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"epochId\":null}",
        "{\"epochId\":\"x\"}",
        "{\"epochId\":\"" + ID + "\"",
        "{\"epochId\":\"" + ID + "\",}",
        "{\"epochId\":\"" + ID + "\"}x",
        "{\"epochId\":\"" + ID + "\" \"epochPosition\":1}",
        "{\"epochId\":\"" + ID + "\",\"epochPosition\":-1}",
        "{\"epochId\":\"" + ID + "\",\"epochPosition\":1.5}",
        "{\"epochId\":\"" + ID + "\",\"epochPosition\":99999999999999999999}",
        "{\"epochId\":\"" + ID + "\",\"epochNumber\":-1,\"prevEpochPosition\":-1}",
        "{\"epochId\":\"" + ID + "\",\"epochPosition\":5,\"prevEpochPosition\":5}",
        "{\"epochId\":\"" + ID + "\",\"epochPosition\":5,\"prevEpochPosition\":-2}",
        "{\"epochId\":\"" + ID + "\",\"a\":\"\\x\"}",
        "{\"epochId\":\"" + ID + "\",\"a\":\"\\u12\"}",
        "{\"epochId\":\"" + ID + "\",\"a\":\"\\",
        "{\"epochId\":\"" + ID + "\",\"a\":}",
        "{epochId:\"" + ID + "\"}"
      })
  void whatIsNoEpochIsRefused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(json));
  }

  @Test
  void depthAndLengthAreBounded() {
    String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    assertThatIllegalArgumentException().isThrownBy(() -> parse(deep));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EpochJson.parse(new byte[EpochJson.MAX_BYTES + 1]));
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = REAL.getBytes(StandardCharsets.UTF_8);
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(EpochJson.parse(bytes)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static Epoch parse(String json) {
    return EpochJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
