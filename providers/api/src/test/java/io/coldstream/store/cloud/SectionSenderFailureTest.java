package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.coldstream.store.Content;
import io.coldstream.store.ObjectSource;
import io.coldstream.store.PutListener;
import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import io.coldstream.store.spi.OncePass;
import io.coldstream.store.spi.PartMemory;
import io.coldstream.store.spi.StoreTools;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure is reported, other sections are stopped, and no memory or thread is kept. */
@Timeout(30)
class SectionSenderFailureTest {

  private static final int SECTION = 1000;
  private static final long ROOM = 4 * 65536;

  private final ExecutorService pool = Executors.newFixedThreadPool(3);
  private final PartMemory memory = new PartMemory(ROOM);
  private final CountDownLatch never = new CountDownLatch(1);
  private final byte[] content = new byte[8 * SECTION];

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private Throwable failure(Executor threads, ObjectSource source, RecordingTarget target) {
    SectionSender sender = new SectionSender(new StoreTools(threads, memory, Optional.empty()));
    Throwable failure;
    try (OncePass pass = new OncePass(source, SECTION)) {
      failure = catchThrowable(() -> sender.send(pass, target, PutListener.NONE));
    }
    assertThat(failure).isNotNull();
    assertThat(target.atWork).as("nobody is at work").hasValue(0);
    assertThat(memory.tryTake(ROOM)).as("all is given back").isTrue();
    memory.giveBack(ROOM);
    return failure;
  }

  private static StoreException refused(String message) {
    return new StoreException(Kind.CORRUPT, message, null);
  }

  /** Waits for what does not come, as a transport does for an answer. */
  private void hang() throws StoreException {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.UNAVAILABLE, "was interrupted", e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 7})
  void theFirstFailureIsReportedAndStopsTheOtherSections(int failing) {
    RecordingTarget target = new RecordingTarget(body -> {
      if (body.section() == failing) {
        throw refused("section " + failing);
      }
    });
    assertThat(failure(pool, Content.of(content), target)).hasMessage("section " + failing);
    assertThat(target.held).doesNotContainKey(failing);
  }

  @Test
  void theListenerIsToldHowManyBytesTheStoreHas() {
    RecordingTarget target = new RecordingTarget(body -> {
      if (body.section() == 3) {
        throw refused("the fourth");
      }
    });
    AtomicLong reached = new AtomicLong();
    PutListener listener = new PutListener() {
      @Override
      public void resumed(int partsThere, int parts) {}

      @Override
      public void reached(long bytes) {
        reached.set(bytes);
      }
    };
    SectionSender sender =
        new SectionSender(new StoreTools(Runnable::run, PartMemory.NONE, Optional.empty()));
    try (OncePass pass = new OncePass(Content.of(content), SECTION)) {
      assertThatThrownBy(() -> sender.send(pass, target, listener)).hasMessage("the fourth");
    }
    assertThat(reached).hasValue(3 * SECTION);
    // What is there already counts as well.
    try (OncePass pass = new OncePass(Content.of(content), SECTION)) {
      assertThatThrownBy(() -> sender.send(pass, target, listener)).hasMessage("the fourth");
    }
    assertThat(reached).hasValue(3 * SECTION);
    assertThat(target.sent()).containsExactly(0, 1, 2, 3, 3);
  }

  @Test
  void sectionsThatHangInOtherThreadsAreInterrupted() {
    CountDownLatch hanging = new CountDownLatch(2);
    RecordingTarget target = new RecordingTarget(body -> {
      if (body.section() < 2) {
        hanging.countDown();
        hang();
      } else if (body.section() == 2) {
        SectionSenderTest.await(hanging);
        throw refused("the third");
      }
    });
    assertThat(failure(pool, Content.of(content), target)).hasMessage("the third");
  }

  @Test
  void aFailureInAnotherThreadStopsTheStreamingSectionAndIsReported() {
    CountDownLatch streaming = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    Executor telling = work -> pool.execute(() -> {
      work.run();
      failed.countDown();
    });
    RecordingTarget target = new RecordingTarget(body -> {
      if (body.section() == 0) {
        SectionSenderTest.await(streaming);
        throw refused("the first");
      }
      streaming.countDown();
      SectionSenderTest.await(failed);
    });
    // Two sections: the second streams.
    Throwable failure = failure(telling, Content.of(new byte[2 * SECTION]), target);
    assertThat(failure).hasMessage("the first");
    assertThat(target.held).as("streaming was given up").isEmpty();
  }

  @Test
  void anErrorInAnotherThreadIsReported() {
    RecordingTarget target = new RecordingTarget(body -> {
      throw new StackOverflowError("deep");
    });
    assertThat(failure(pool, Content.of(content), target)).isInstanceOf(StackOverflowError.class);
    RecordingTarget wrong = new RecordingTarget(body -> {
      throw new IllegalStateException("a bug");
    });
    assertThat(failure(pool, Content.of(content), wrong)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 1000, 3500, 7999})
  void aSourceThatBreaksIsReported(int at) {
    RecordingTarget target = new RecordingTarget();
    InputStream broken = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("cannot be read");
      }
    };
    ObjectSource source = new Source(content) {
      @Override
      public InputStream open(long offsetBytes) throws IOException {
        InputStream good = super.open(offsetBytes);
        byte[] before = good.readNBytes((int) Math.max(0, at - offsetBytes));
        return new SequenceInputStream(
            Collections.enumeration(List.of(new ByteArrayInputStream(before), broken)));
      }
    };
    assertThat(failure(pool, source, target)).hasMessageContaining("cannot be read");
  }

  @Test
  void anErrorOfTheSourceIsThrownAsItIs() {
    ObjectSource source = new Source(content) {
      @Override
      public InputStream open(long offsetBytes) throws IOException {
        if (offsetBytes >= 3 * SECTION) {
          throw new StackOverflowError("in the source");
        }
        return super.open(offsetBytes);
      }
    };
    assertThat(failure(pool, source, new RecordingTarget())).hasMessage("in the source");
  }

  @Test
  void aContentThatThePassDoesNotApproveIsRefused() {
    ObjectSource source = new Source(content) {
      @Override
      public void approve() throws IOException {
        throw new IOException("another digest");
      }
    };
    RecordingTarget target = new RecordingTarget();
    assertThat(failure(pool, source, target)).hasMessageContaining("another digest");
    assertThat(target.held).doesNotContainKey(7);
  }

  @Test
  void anInterruptStopsAllSectionsAndTheFlagStaysSet() {
    Thread putting = Thread.currentThread();
    AtomicInteger hanging = new AtomicInteger();
    RecordingTarget target = new RecordingTarget(body -> {
      if (hanging.incrementAndGet() == 3) {
        putting.interrupt();
      }
      hang();
    });
    // Three sections hang in threads, and a fourth has not begun, when the interrupt comes.
    Throwable failure = failure(pool, Content.of(content), target);
    assertThat(Thread.interrupted()).as("the flag").isTrue();
    assertThat(failure)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void anInterruptIsNoticedWhileASourceIgnoresIt() {
    AtomicInteger reads = new AtomicInteger();
    ObjectSource source = new Source(content) {
      @Override
      public InputStream open(long offsetBytes) throws IOException {
        InputStream in = super.open(offsetBytes);
        return new FilterInputStream(in) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            if (reads.incrementAndGet() == 20) {
              Thread.currentThread().interrupt();
            }
            return super.read(bytes, offset, Math.min(length, 100));
          }
        };
      }
    };
    assertThat(failure(pool, source, new RecordingTarget())).hasMessage("interrupted");
    assertThat(Thread.interrupted()).as("the flag").isTrue();
    assertThat(reads).as("not one more read").hasValue(20);
  }

  @Test
  void anInterruptSurvivesAnExecutorThatRunsInTheCallingThread() {
    RecordingTarget target = new RecordingTarget(body -> {
      if (body.section() == 1) {
        Thread.currentThread().interrupt();
      }
    });
    assertThat(failure(Runnable::run, Content.of(content), target)).hasMessage("interrupted");
    assertThat(Thread.interrupted()).as("the flag").isTrue();
    assertThat(target.sent()).containsExactly(0, 1);
  }

  @Test
  void anExecutorThatRejectsATaskFailsThePut() {
    AtomicInteger given = new AtomicInteger();
    Executor ending = work -> {
      if (given.incrementAndGet() == 3) {
        throw new RejectedExecutionException("shut down");
      }
      pool.execute(work);
    };
    Throwable failure = failure(ending, Content.of(content), new RecordingTarget());
    assertThat(failure).hasMessage("the program is being ended");
  }

  @Test
  void anExecutorThatCannotStartAThreadFailsThePut() {
    Executor full = work -> {
      throw new OutOfMemoryError("unable to create native thread");
    };
    assertThat(failure(full, Content.of(content), new RecordingTarget()))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void sectionsThatHaveNotStartedAreCancelledAndNeverSent() {
    Queue<Runnable> queue = new ArrayDeque<>();
    RecordingTarget target = new RecordingTarget(body -> {
      throw refused("what streams");
    });
    assertThat(failure(queue::add, Content.of(content), target)).hasMessage("what streams");
    assertThat(queue).hasSize(4);
    queue.forEach(Runnable::run);
    assertThat(target.sent()).as("only what streamed").hasSize(1);
    assertThat(memory.tryTake(ROOM + 1)).as("nothing is given back twice").isFalse();
  }

  @Test
  void noPooledThreadKeepsTheInterruptOfASection() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    List<Boolean> flags = new CopyOnWriteArrayList<>();
    Executor own = work -> {
      Thread thread = new Thread(() -> {
        work.run();
        flags.add(Thread.currentThread().isInterrupted());
      });
      threads.add(thread);
      thread.start();
    };
    Thread putting = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(3);
    RecordingTarget target = new RecordingTarget(body -> {
      begun.countDown();
      SectionSenderTest.await(begun);
      if (body.section() == 0) {
        throw refused("the first");
      }
      while (Thread.currentThread() != putting && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
    });
    assertThat(failure(own, Content.of(content), target)).hasMessage("the first");
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(flags).hasSize(threads.size()).doesNotContain(true);
  }

  @Test
  void theListenerIsNotToldOfPartsWhenThePutFails() throws IOException {
    RecordingTarget target = new RecordingTarget(body -> {
      throw refused("the second");
    });
    target.held.put(0, new byte[SECTION]);
    SectionSender sender = new SectionSender(StoreTools.NONE);
    try (OncePass pass = new OncePass(Content.of(content), SECTION)) {
      assertThatThrownBy(() -> sender.send(pass, target, (there, parts) -> {
            throw new AssertionError("told");
          }))
          .hasMessage("the second");
    }
  }

  /** Content whose parts a test replaces. */
  private static class Source implements ObjectSource, ObjectSource.Pass {
    private final byte[] bytes;

    Source(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long lengthBytes() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offsetBytes) throws IOException {
      return Content.of(bytes).open(offsetBytes);
    }

    @Override
    public Pass begin() {
      return this;
    }

    @Override
    public void accept(byte[] given, int offset, int length) {}

    @Override
    public void approve() throws IOException {}
  }
}
