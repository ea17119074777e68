package io.coldstream.store.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.coldstream.store.StoreException;
import io.coldstream.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/** Keeps the sections that it gets, and counts who is at work. Thread-safe. */
final class RecordingTarget implements SectionTarget {

  /** What is done when a section comes, before its bytes are read. */
  interface Meeting {
    void meet(SectionBody body) throws IOException;
  }

  final Map<Integer, byte[]> held = new ConcurrentHashMap<>();
  final List<Integer> sent = new ArrayList<>();
  final AtomicInteger atWork = new AtomicInteger();
  private final Thread putting = Thread.currentThread();
  private final AtomicInteger besides = new AtomicInteger();
  private int mostBesides;
  private final Meeting meeting;

  RecordingTarget(Meeting meeting) {
    this.meeting = meeting;
  }

  RecordingTarget() {
    this(body -> {});
  }

  /** How many sections other threads sent at once at most. */
  synchronized int mostBesides() {
    return mostBesides;
  }

  synchronized List<Integer> sent() {
    return List.copyOf(sent);
  }

  /** The content, if it is whole. */
  byte[] content(int sections) {
    assertThat(held).hasSize(sections);
    byte[] all = new byte[0];
    for (int i = 0; i < sections; i++) {
      byte[] next = held.get(i);
      all = Arrays.copyOf(all, all.length + next.length);
      System.arraycopy(next, 0, all, all.length - next.length, next.length);
    }
    return all;
  }

  @Override
  public boolean mayHold(int section) {
    assertThat(Thread.currentThread()).isSameAs(putting);
    return held.containsKey(section);
  }

  @Override
  public boolean holds(int section, InputStream content) throws IOException {
    assertThat(Thread.currentThread()).isSameAs(putting);
    return Arrays.equals(content.readAllBytes(), held.get(section));
  }

  @Override
  public void send(SectionBody body) throws StoreException {
    boolean other = Thread.currentThread() != putting;
    atWork.incrementAndGet();
    synchronized (this) {
      sent.add(body.section());
      mostBesides = Math.max(mostBesides, other ? besides.incrementAndGet() : 0);
    }
    try {
      meeting.meet(body);
      byte[] bytes = body.open().readAllBytes();
      assertThat(body.open().readAllBytes()).as("opened again").isEqualTo(bytes);
      assertThat(bytes).hasSize((int) body.lengthBytes());
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      assertThat(body.crc32c()).isEqualTo((int) crc.getValue());
      held.put(body.section(), bytes);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException(Kind.UNAVAILABLE, "the transport says: " + e.getMessage(), e);
    } finally {
      if (other) {
        besides.decrementAndGet();
      }
      atWork.decrementAndGet();
    }
  }
}
