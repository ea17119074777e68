package io.coldstream.store.testkit;

import io.coldstream.store.ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A source that writes down how a store used it: its streams and its passes. Thread-safe. */
public final class WatchedSource implements ObjectSource {

  private final ObjectSource source;
  private final List<WatchedPass> passes = new ArrayList<>();
  private int openStreams;
  private long readBytes;

  /**
   * A source that is watched.
   *
   * @param source the content
   */
  public WatchedSource(ObjectSource source) {
    this.source = source;
  }

  /**
   * How many streams are open now.
   *
   * @return 0 once a put is over
   */
  public synchronized int openStreams() {
    return openStreams;
  }

  /**
   * How many bytes the streams gave, those read again included.
   *
   * @return the sum
   */
  public synchronized long readBytes() {
    return readBytes;
  }

  /**
   * How many bytes each pass was given, in the order in which the passes began.
   *
   * @return one entry for each pass
   */
  public synchronized List<Long> passedBytes() {
    return passes.stream().map(p -> p.bytes).toList();
  }

  /**
   * How often all passes together were asked for approval.
   *
   * @return 1 for a put that was answered
   */
  public synchronized int approvals() {
    return passes.stream().mapToInt(p -> p.approvals).sum();
  }

  @Override
  public long lengthBytes() {
    return source.lengthBytes();
  }

  @Override
  public InputStream open(long offsetBytes) throws IOException {
    InputStream in = source.open(offsetBytes);
    synchronized (this) {
      openStreams++;
    }
    return new CountedStream(in, this::addRead, this::closed);
  }

  @Override
  public InputStream sending(InputStream body) {
    return source.sending(body);
  }

  @Override
  public synchronized Pass begin() {
    WatchedPass pass = new WatchedPass(source.begin());
    passes.add(pass);
    return pass;
  }

  private synchronized void addRead(long bytes) {
    readBytes += bytes;
  }

  private synchronized void closed() {
    openStreams--;
  }

  private final class WatchedPass implements Pass {
    private final Pass pass;
    private long bytes;
    private int approvals;

    WatchedPass(Pass pass) {
      this.pass = pass;
    }

    @Override
    public void accept(byte[] given, int offset, int length) throws IOException {
      pass.accept(given, offset, length);
      synchronized (WatchedSource.this) {
        bytes += length;
      }
    }

    @Override
    public void approve() throws IOException {
      synchronized (WatchedSource.this) {
        approvals++;
      }
      pass.approve();
    }
  }
}
