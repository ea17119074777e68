package io.coldstream.store.gcs;

import static io.coldstream.store.gcs.OnServer.PART_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectName;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.StoredObject;
import io.coldstream.store.gcs.emulator.FaultPlan.When;
import io.coldstream.store.gcs.emulator.Faults;
import io.coldstream.store.gcs.emulator.GcsServer;
import io.coldstream.store.testkit.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, and puts to it that break off. */
abstract class ResumeBed {

  static final ObjectName NAME = new ObjectName("chunks/a");

  /** Six parts and five bytes: seven requests. */
  static final RandomSource GOOD = new RandomSource(1, 6L * PART_BYTES + 5);

  final GcsServer server = OnServer.server();
  final List<String> resumed = new ArrayList<>();

  @TempDir
  Path scratch;

  @AfterEach
  void end() {
    server.close();
  }

  void breakOff(ObjectSource source) throws StoreException {
    server.faults().clear();
    server.faults().add(nthPut(3), Faults.refuse(503, "backendError"));
    try (ObjectStore store = store()) {
      assertThat(failure(store, source).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  static When nthPut(int number) {
    return When.request("PUT", "/upload/").from(number);
  }

  ObjectStore store(String... more) throws StoreException {
    return OnServer.store(server, Optional.of(folder()), Clock.systemUTC(), more);
  }

  Path folder() {
    return scratch.resolve("sessions");
  }

  List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.toList();
    }
  }

  StoredObject put(ObjectStore store, ObjectSource source) throws StoreException {
    return store.put(new PutRequest(
        NAME, source, Placement.BULK, (there, parts) -> resumed.add(there + " of " + parts)));
  }

  StoreException failure(ObjectStore store, ObjectSource source) {
    StoreException failure = Failures.of(() -> put(store, source));
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain("upload_id");
      Stream.of(t.getSuppressed())
          .forEach(s -> assertThat(s.toString()).doesNotContain("upload_id"));
    }
    return failure;
  }

  static void assertHolds(ObjectStore store, StoredObject stored, RandomSource source)
      throws IOException {
    assertThat(store.stat(NAME)).contains(stored);
    assertThat(Arrays.mismatch(read(store), source.bytes())).isEqualTo(-1);
  }

  static byte[] read(ObjectStore store) throws IOException {
    try (InputStream in = store.read(NAME, ByteRange.WHOLE, Optional.empty()).stream()) {
      return in.readAllBytes();
    }
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("nobody let this go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
