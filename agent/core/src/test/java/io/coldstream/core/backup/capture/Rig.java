package io.coldstream.core.backup.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coldstream.core.support.events.RunEvent;
import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.DatabaseFolders;
import io.coldstream.eventstore.files.LocalDatabaseFiles;
import io.coldstream.eventstore.index.TableName;
import io.coldstream.eventstore.testing.Fixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A database folder, and captures of it that do not wait between attempts. */
final class Rig {

  /** What happens between two attempts or looks, besides being counted. */
  Runnable between = () -> {};

  /** Room on the disk. */
  long freeBytes = Long.MAX_VALUE;

  /** What a capture asks. */
  KnownFiles known = KnownFiles.NONE;

  final Path db;
  final List<RunEvent> events = new ArrayList<>();
  int pauses;
  private DatabaseFiles files = new LocalDatabaseFiles();
  private CaptureSettings settings;
  private boolean withoutIndex;

  Rig(Path db) {
    this.db = db;
    this.settings = CaptureSettings.of(DatabaseFolders.of(db, Optional.empty()));
  }

  /** A real directory of the newest server: eight chunks, an index with two tables, four epochs. */
  static Rig orders(Path into) {
    return new Rig(Fixture.unpack("orders-kurrentdb-26.1", into).database());
  }

  /** A real directory whose first chunks are merged. */
  static Rig scavenged(Path into) {
    return new Rig(Fixture.unpack("series-kurrentdb-26.1", into).database("day3"));
  }

  Rig through(UnaryOperator<DatabaseFiles> wrapper) {
    files = wrapper.apply(files);
    return this;
  }

  Rig with(UnaryOperator<CaptureSettings> change) {
    settings = change.apply(settings);
    return this;
  }

  Rig withoutIndex() {
    withoutIndex = true;
    return this;
  }

  CaptureStep step() {
    return new CaptureStep(
        files,
        () -> freeBytes,
        attempt -> {
          pauses++;
          between.run();
        },
        settings,
        events::add);
  }

  Capture capture() throws RunException, InterruptedException {
    return step().capture(known, 1, withoutIndex);
  }

  /** What is told to the user of a database that cannot be captured. */
  String refused(Kind kind) {
    RunException refusal =
        catchThrowableOfType(RunException.class, () -> capture().close());
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
    return refusal.getMessage();
  }

  long checkpoint(String name) {
    return ByteBuffer.wrap(read(name)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  void checkpoint(String name, long value) {
    write(
        name,
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(value)
            .array());
  }

  byte[] read(String name) {
    try {
      return Files.readAllBytes(db.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, byte[] bytes) {
    try {
      Files.write(db.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    try {
      Files.delete(db.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void rename(String from, String to) {
    try {
      Files.move(db.resolve(from), db.resolve(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes one byte of a file; a negative offset counts from its end. */
  void flip(String name, int offset) {
    byte[] bytes = read(name);
    bytes[offset < 0 ? bytes.length + offset : offset] ^= 0x40;
    write(name, bytes);
  }

  /** The tables of the index, by their names. */
  List<String> tables() {
    return List.of(db.resolve("index").toFile().list()).stream()
        .filter(name -> TableName.parse(name).isPresent())
        .map(name -> "index/" + name)
        .sorted()
        .toList();
  }
}
