package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.PutListener;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, within which limits, and what is reported. */
@Timeout(30)
class SectionSenderTest {

  private static final int SECTION = 1000;
  private static final int UNIT = 64 << 10;

  private final ExecutorService pool = Executors.newFixedThreadPool(3);
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static StoreTools tools(Executor threads, PartMemory memory) {
    return new StoreTools(threads, memory, Optional.empty());
  }

  private void send(StoreTools tools, ObjectSource source, SectionTarget target)
      throws IOException {
    try (OncePass pass = new OncePass(source, SECTION)) {
      PutListener listener = (there, parts) -> told.add(there + " of " + parts);
      new SectionSender(tools).send(pass, target, listener);
      assertThat(IntStream.range(0, pass.sections()).allMatch(pass::isRead)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 1000})
  void everySectionArrivesInAnyOrder(int room) throws IOException {
    byte[] content = bytes(40 * SECTION + 7);
    Random random = new Random(room);
    int[] pauses = random.ints(41, 0, 400_000).toArray();
    RecordingTarget target =
        new RecordingTarget(body -> LockSupport.parkNanos(pauses[body.section()]));
    PartMemory memory = new PartMemory((long) room * UNIT);
    send(tools(pool, memory), Content.of(content), target);
    assertThat(target.content(41)).isEqualTo(content);
    assertThat(target.sent()).doesNotHaveDuplicates();
    assertThat(target.mostBesides()).isLessThanOrEqualTo(Math.min(room, 3));
    assertThat(memory.tryTake((long) room * UNIT)).as("all is given back").isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void sectionsAreSentInParallelWhileThereIsMemory() throws IOException {
    CountDownLatch three = new CountDownLatch(3);
    RecordingTarget target = new RecordingTarget(body -> {
      three.countDown();
      await(three);
    });
    send(tools(pool, new PartMemory(3 * UNIT)), Content.of(bytes(5 * SECTION)), target);
    assertThat(target.content(5)).isEqualTo(bytes(5 * SECTION));
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.UNAVAILABLE, "interrupted while it was sent", e);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "2000, 2"})
  void theLastSectionStreamsInTheCallingThread(int length, int sections) throws IOException {
    Thread putting = Thread.currentThread();
    List<Thread> last = new ArrayList<>();
    RecordingTarget target = new RecordingTarget(body -> {
      if (body.section() == sections - 1) {
        last.add(Thread.currentThread());
        assertThatThrownBy(body::crc32c).isInstanceOf(IllegalStateException.class);
      }
    });
    if (length == 0) {
      // Nothing is left to be read: it is known from the start.
      RecordingTarget empty = new RecordingTarget();
      send(tools(pool, new PartMemory(9 * UNIT)), Content.of(bytes(0)), empty);
      assertThat(empty.content(1)).isEmpty();
      return;
    }
    send(tools(pool, new PartMemory(9 * UNIT)), Content.of(bytes(length)), target);
    assertThat(target.content(sections)).isEqualTo(bytes(length));
    assertThat(last).containsExactly(putting);
  }

  @Test
  void withoutMemoryAllSectionsStreamInOrder() throws IOException {
    RecordingTarget target = new RecordingTarget();
    send(StoreTools.NONE, Content.of(bytes(4 * SECTION)), target);
    assertThat(target.sent()).containsExactly(0, 1, 2, 3);
    assertThat(target.mostBesides()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "3", "0 1", "1 3", "0 2 3", "0 1 2 3"})
  void aSectionThatTheStoreHasIsComparedAndNotSent(String there) throws IOException {
    byte[] content = bytes(3 * SECTION + 1);
    RecordingTarget whole = new RecordingTarget();
    send(StoreTools.NONE, Content.of(content), whole);
    List<Integer> held =
        List.of(there.split(" ")).stream().map(Integer::valueOf).toList();
    for (StoreTools tools : List.of(StoreTools.NONE, tools(pool, new PartMemory(2 * UNIT)))) {
      told.clear();
      RecordingTarget target = new RecordingTarget();
      held.forEach(section -> target.held.put(section, whole.held.get(section)));
      send(tools, Content.of(content), target);
      assertThat(target.sent()).doesNotContainAnyElementsOf(held).hasSize(4 - held.size());
      assertThat(target.content(4)).isEqualTo(content);
      assertThat(told).containsExactly(held.size() + " of 4");
    }
  }

  @Test
  void aSectionThatDiffersIsSentAgain() throws IOException {
    byte[] content = bytes(3 * SECTION);
    for (StoreTools tools : List.of(StoreTools.NONE, tools(pool, new PartMemory(2 * UNIT)))) {
      told.clear();
      RecordingTarget target = new RecordingTarget();
      target.held.put(1, new byte[SECTION]);
      target.held.put(2, new byte[SECTION]);
      send(tools, Content.of(content), target);
      assertThat(target.sent()).containsExactlyInAnyOrder(0, 1, 2);
      assertThat(target.content(3)).isEqualTo(content);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void anotherUploadCanUseTheSamePass() throws IOException {
    byte[] content = bytes(4 * SECTION);
    SectionTarget foreign = new SectionTarget() {
      @Override
      public boolean mayHold(int section) {
        return true;
      }

      @Override
      public boolean holds(int section, InputStream in) throws IOException {
        in.readAllBytes();
        if (section == 2) {
          throw new StoreException(Kind.CORRUPT, "another content's", null);
        }
        return true;
      }

      @Override
      public void send(SectionBody body) {
        throw new AssertionError("nothing is sent");
      }
    };
    SectionSender sender = new SectionSender(tools(pool, new PartMemory(2 * UNIT)));
    try (OncePass pass = new OncePass(Content.of(content), SECTION)) {
      assertThatThrownBy(() -> sender.send(pass, foreign, PutListener.NONE))
          .hasMessage("another content's");
      RecordingTarget target = new RecordingTarget();
      sender.send(pass, target, PutListener.NONE);
      assertThat(target.content(4)).isEqualTo(content);
    }
  }

  @Test
  void aSectionTooLongForAnArrayIsStreamed() {
    // Only its length can be asked for: there is no array for it, whatever the bound says.
    long length = (3L << 30) + 1;
    ObjectSource source = new ObjectSource() {
      @Override
      public long lengthBytes() {
        return length;
      }

      @Override
      public InputStream open(long offsetBytes) {
        return InputStream.nullInputStream();
      }

      @Override
      public Pass begin() {
        return Content.of(new byte[0]).begin();
      }
    };
    RecordingTarget target = new RecordingTarget(body -> {
      throw new StoreException(Kind.UNAVAILABLE, "as far as this goes", null);
    });
    try (OncePass pass = new OncePass(source, 3L << 30)) {
      SectionSender sender = new SectionSender(tools(pool, new PartMemory(1L << 40)));
      assertThatThrownBy(() -> sender.send(pass, target, PutListener.NONE))
          .hasMessage("as far as this goes");
    }
  }
}
