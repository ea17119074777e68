package io.coldstream.store.s3;

import static io.coldstream.store.s3.ResumedPutContract.BYTES;
import static io.coldstream.store.s3.ResumedPutContract.NAME;
import static io.coldstream.store.s3.ResumedPutContract.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.ByteRange;
import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.Placement;
import io.coldstream.store.PutRequest;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.s3.emulator.S3Emulator;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import io.coldstream.store.testkit.Opened;
import io.coldstream.store.testkit.http.Answer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Puts whose parts other threads send, from memory. */
@Timeout(120)
class ParallelPartsTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(3);
  private final StoreTools tools =
      new StoreTools(threads, new PartMemory(64L << 20), Optional.empty());

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void twoPartsAreSentInParallel() throws Exception {
    ScriptedUploads server = new ScriptedUploads();
    server.completedBytes = BYTES.length;
    CyclicBarrier together = new CyclicBarrier(2);
    try (S3Server raw = new S3Server(line -> meet(together, line, server));
        ObjectStore store =
            Opened.store(tools, "s3://bucket/p", raw.settings(), "part-size", "5MiB")) {
      put(store);
    }
    assertThat(server.sent()).containsExactly("new/1", "new/2", "new/3", "new/4");
  }

  /** The first two parts are answered when both have arrived. */
  private static Answer meet(CyclicBarrier together, String line, ScriptedUploads server) {
    if (line.contains("partNumber=1") || line.contains("partNumber=2")) {
      try {
        together.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        return S3Server.error(403, "AccessDenied");
      }
    }
    return server.apply(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3mock", "s3proxy"})
  void aConfirmedPartIsNotSentAgain(String kind) throws Exception {
    S3Emulator server = kind.equals("s3mock") ? S3Emulator.s3mock() : S3Emulator.s3proxy();
    Bucket bucket = Bucket.on(server);
    ResumedPutContract.Told told = new ResumedPutContract.Told();
    try (PartBreaker proxy = new PartBreaker(server.endpoint(), 2);
        ObjectStore store = Opened.store(
            tools,
            "s3://" + bucket.name() + "/p",
            server.settings(),
            "part-size",
            "5MiB",
            "endpoint",
            proxy.uri().toString())) {
      assertThat(Failures.of(() -> put(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
      Set<String> confirmed = bucket.parts();
      int before = proxy.parts().size();
      store.put(new PutRequest(NAME, SOURCE, Placement.BULK, told));
      // A part of the broken put, sent by another thread, may reach the proxy only now.
      List<String> sent = proxy.parts().subList(before, proxy.parts().size());
      assertThat(sent).contains("2").noneMatch(confirmed::contains);
      assertThat(there(told)).isBetween(confirmed.size(), 3);
      assertHolds(store);
    }
    bucket.clear();
  }

  private static int there(ResumedPutContract.Told told) {
    return told.what().isEmpty() ? 0 : Integer.parseInt(told.what().replaceFirst(" of 4$", ""));
  }

  private static void put(ObjectStore store) throws StoreException {
    store.put(new PutRequest(NAME, SOURCE, Placement.BULK));
  }

  private static void assertHolds(ObjectStore store) throws IOException {
    try (ObjectContent content = store.read(NAME, ByteRange.WHOLE, Optional.empty())) {
      assertThat(Arrays.mismatch(content.stream().readAllBytes(), BYTES)).isEqualTo(-1);
    }
  }
}
