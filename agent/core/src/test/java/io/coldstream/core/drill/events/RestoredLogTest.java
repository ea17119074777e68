package io.coldstream.core.drill.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.core.repository.manifest.Sha256;
import io.coldstream.eventstore.chunk.Chunk;
import io.coldstream.eventstore.log.PrepareRecord;
import io.coldstream.eventstore.testing.Fixture;
import io.coldstream.eventstore.testing.Fixtures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The events of real databases, compared with what their writer noted. */
class RestoredLogTest {

  private static final List<String> VERSIONS = Fixtures.VERSIONS;

  private static final Pattern LEDGER =
      Pattern.compile("\"stream\":\\s*\"([^\"]+)\".*\"id\":\\s*\"([^\"]+)\"");

  @TempDir
  private Path temporary;

  private static long writer(Path database) throws Exception {
    return ByteBuffer.wrap(Files.readAllBytes(database.resolve("writer.chk")))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }

  private static Set<String> written(Fixture fixture) {
    Set<String> written = new HashSet<>();
    for (String line : fixture.ledger()) {
      Matcher entry = LEDGER.matcher(line);
      assertThat(entry.find()).as(line).isTrue();
      written.add(entry.group(1) + " " + entry.group(2));
    }
    return written;
  }

  private static Set<String> read(Path database) throws Exception {
    long writer = writer(database);
    RestoredLog log = new RestoredLog(database, writer, writer);
    Set<String> read = new HashSet<>();
    for (Chunk chunk : log.chunks()) {
      for (PrepareRecord record : log.events(chunk, Integer.MAX_VALUE)) {
        LoggedEvent event = log.event(record);
        if (!event.stream().startsWith("$")) {
          read.add(event.stream() + " " + event.id());
        }
      }
    }
    return read;
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void everyWrittenEventIsReadWithItsStreamAndId(String version) throws Exception {
    Fixture orders = Fixture.unpack("orders-" + version, temporary);

    assertThat(read(orders.database())).isEqualTo(written(orders));
  }

  @ParameterizedTest
  @FieldSource("VERSIONS")
  void whatAScavengeKeptIsReadAsItWasWritten(String version) throws Exception {
    Fixture series = Fixture.unpack("series-" + version, temporary);

    assertThat(written(series)).containsAll(read(series.database("day3"))).isNotEmpty();
  }

  @Test
  void whatAStreamDoesNotShowIsNotAskedFor() {
    assertThat(event("orders").hasPlainStream()).isTrue();
    assertThat(event("$$orders").hasPlainStream()).isFalse();
    assertThat(event("a/b").hasPlainStream()).isFalse();
  }

  private static LoggedEvent event(String stream) {
    UUID id = new UUID(1, 2);
    return new LoggedEvent(0, stream, 0, id, "type", true, Sha256.of(new byte[0]));
  }
}
