package io.coldstream.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void aGuidLiesInTheOrderOfDotNet() {
    byte[] bytes = HexFormat.of().parseHex("33221100554477668899aabbccddeeff");
    UUID guid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    assertThat(DotNetGuid.read(bytes, 0)).isEqualTo(guid);
    assertThat(DotNetGuid.bytes(guid)).isEqualTo(bytes);
    UUID negative = UUID.fromString("ffeeddcc-bbaa-9988-f766-554433221100");
    assertThat(DotNetGuid.read(DotNetGuid.bytes(negative), 0)).isEqualTo(negative);
  }

  @Test
  void aDigestIsShownInLowerCaseHex() {
    byte[] digest = Md5.newDigest().digest("abc".getBytes(StandardCharsets.US_ASCII));
    Md5 md5 = Md5.ofBytes(digest);
    assertThat(md5).hasToString("900150983cd24fb0d6963f7d28e17f72");
    assertThat(md5.bytes()).isEqualTo(digest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Md5(md5.hex().toUpperCase(Locale.ROOT)));
    assertThatIllegalArgumentException().isThrownBy(() -> Md5.ofBytes(new byte[15]));
  }

  @Test
  void aMessageNamesFileInvariantValuesAndWhatToDo() {
    DatabaseException e = DatabaseException.damaged("writer.chk", Invariant.I1, "holds -5");
    assertThat(e)
        .hasMessage("writer.chk: holds -5 (I1: writer.chk has 8 bytes and points to the end of a"
            + " record, and all records below it are complete); back up again; if the fault"
            + " remains, check its disk and its log");
    assertThat(DatabaseException.notADatabase("folder", "is empty", "look elsewhere"))
        .hasMessage("folder: is empty; look elsewhere");
  }
}
