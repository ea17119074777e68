package io.coldstream.core.restore;

import io.coldstream.store.ObjectContent;
import io.coldstream.store.ObjectStore;
import io.coldstream.store.spi.ContentStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CountDownLatch;

/**
 * A store whose reads keep account on disk of what they gave, before they give it, and stand still
 * for ever when they have given enough.
 */
final class StallingReads {

  private final ObjectStore target;
  private final FileChannel account;
  private final long mostBytes;
  private boolean begun;
  private long givenBytes;

  StallingReads(ObjectStore target, FileChannel account, long mostBytes) {
    this.target = target;
    this.account = account;
    this.mostBytes = mostBytes;
  }

  /** From now on it counts. */
  synchronized void begin() {
    begun = true;
  }

  ObjectStore store() {
    return (ObjectStore) Proxy.newProxyInstance(
        ObjectStore.class.getClassLoader(),
        new Class<?>[] {ObjectStore.class},
        (p, verb, given) -> {
          try {
            Object answer = verb.invoke(target, given);
            return answer instanceof ObjectContent content ? new Stalling(content) : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private synchronized boolean isEnough(int bytes) throws IOException {
    if (begun && bytes > 0) {
      givenBytes += bytes;
      account.write(ByteBuffer.allocate(Long.BYTES).putLong(0, givenBytes), 0);
    }
    return givenBytes >= mostBytes;
  }

  private final class Stalling extends ContentStream {
    private final ObjectContent content;

    Stalling(ObjectContent content) {
      super(content.object());
      this.content = content;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = content.stream().read(bytes, offset, length);
      if (isEnough(read)) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new InterruptedIOException();
        }
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
