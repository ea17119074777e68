package io.coldstream.store.testkit.http;

import io.coldstream.store.testkit.http.Break.Place;
import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;

/**
 * One client's connection to an emulator: requests are read one by one in the thread that runs it,
 * answers are handed on blindly by another. The first end of either ends both.
 */
final class ProxiedConnection {

  private static final int BUFFER_BYTES = 64 << 10;

  private final Socket client;
  private final Socket server;
  private final Function<String, Optional<Break>> due;
  private Optional<Break> inResponse = Optional.empty();
  private long ofResponse;

  ProxiedConnection(Socket client, Socket server, Function<String, Optional<Break>> due) {
    this.client = client;
    this.server = server;
    this.due = due;
  }

  void run() throws IOException {
    Thread responses = new Thread(this::responses, Thread.currentThread().getName());
    responses.setDaemon(true);
    responses.start();
    InputStream in = new BufferedInputStream(client.getInputStream());
    Optional<RequestHead> head = RequestHead.read(in);
    while (head.isPresent() && passes(head.get(), in)) {
      head = RequestHead.read(in);
    }
  }

  /** Whether a request went through, so that another one may come. */
  private boolean passes(RequestHead head, InputStream in) throws IOException {
    Optional<Break> met = due.apply(head.line());
    expect(Optional.empty());
    if (met.isPresent() && met.get().place() == Place.REQUEST) {
      refuse(met.get(), head, in);
      return false;
    }
    Optional<Break> late = met.filter(m -> m.place() == Place.RESPONSE);
    OutputStream out = server.getOutputStream();
    if (!head.hasBody()) {
      expect(late);
    }
    out.write(head.raw());
    OutputStream limited =
        met.isPresent() && late.isEmpty() ? new Limited(out, met.get().afterBytes()) : out;
    try {
      return head.copyBody(in, limited, () -> expect(late));
    } catch (LimitReached e) {
      end(met.get());
      return false;
    }
  }

  private void refuse(Break met, RequestHead head, InputStream in) throws IOException {
    if (met.answer().isPresent()) {
      RawServer.answer(head, in, client.getOutputStream(), client, met.answer().get());
    }
    end(met);
  }

  private void end(Break met) throws IOException {
    if (met.reset()) {
      client.setSoLinger(true, 0);
    }
  }

  /** From now on the server answers the request that is met by this. */
  private synchronized void expect(Optional<Break> met) {
    inResponse = met;
    ofResponse = 0;
  }

  /** How many of the next bytes of a response the client gets. */
  private synchronized int allowed(int bytes) throws IOException {
    if (inResponse.isEmpty()) {
      return bytes;
    }
    long allowed = Math.min(bytes, inResponse.get().afterBytes() - ofResponse);
    ofResponse += allowed;
    if (allowed < bytes) {
      end(inResponse.get());
    }
    return (int) allowed;
  }

  private void responses() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (client;
        server) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      int read = in.read(buffer);
      int allowed = read;
      while (read >= 0 && allowed == read) {
        allowed = allowed(read);
        out.write(buffer, 0, allowed);
        if (allowed == read) {
          read = in.read(buffer);
          allowed = read;
        }
      }
    } catch (IOException e) {
      // One side went away, and with it this connection.
      return;
    }
  }

  /** What a break allows of a body has been sent. */
  private static final class LimitReached extends IOException {
    private static final long serialVersionUID = 1L;

    LimitReached() {
      super("the break's place is reached");
    }
  }

  /** Takes so many bytes and no more. */
  private static final class Limited extends FilterOutputStream {
    private long left;

    Limited(OutputStream out, long left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, (int) Math.min(length, left));
      if (left < length) {
        throw new LimitReached();
      }
      left -= length;
    }
  }
}
