package io.coldstream.store.gcs;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.coldstream.store.cloud.Watch;
import io.coldstream.store.network.AnswerHead;
import io.coldstream.store.network.HostException;
import io.coldstream.store.network.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.io.CloseMode;

/**
 * What the libraries send requests with: one exchange each, streaming both ways, under a {@link
 * Watch}. Tries nothing again and follows nowhere. Thread-safe.
 */
final class WatchedTransport extends HttpTransport {

  private final CloseableHttpClient client;
  private final Function<URI, Route> ways;
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Owns the client.
   *
   * @param client neither redirects, nor tries again, nor decompresses
   * @param timeout how long the store may be waited for while less than the floor moves
   * @param ways tells the way of a request
   */
  WatchedTransport(CloseableHttpClient client, Duration timeout, Function<URI, Route> ways) {
    this.client = client;
    this.ways = ways;
    this.timeout = timeout;
    this.timer = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "coldstream-gcs-watch");
      thread.setDaemon(true);
      return thread;
    });
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public boolean supportsMethod(String method) {
    return true;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    URI target = URI.create(url);
    return new Exchange(new HttpUriRequestBase(method, target), ways.apply(target));
  }

  @Override
  public void shutdown() {
    timer.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  private final class Exchange extends LowLevelHttpRequest {
    private final HttpUriRequestBase request;
    private final Route way;
    private final Watch watch;

    Exchange(HttpUriRequestBase request, Route way) {
      this.request = request;
      this.way = way;
      this.watch = new Watch(timeout, request::cancel, timer);
    }

    @Override
    public void addHeader(String name, String value) {
      if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
        request.addHeader(name, value);
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      if (getStreamingContent() != null) {
        request.setEntity(new Body(this, watch));
      }
      boolean goesOn = false;
      watch.start();
      try {
        HttpHost host = RoutingSupport.determineHost(request);
        ClassicHttpResponse response = watch.over(() -> client.executeOpen(host, request, null));
        check(response);
        InputStream body = null;
        if (response.getEntity() != null) {
          body = new WatchedBody(response.getEntity().getContent(), watch, request::cancel, timer);
          goesOn = true;
        }
        return new WatchedResponse(response, body);
      } catch (HttpException e) {
        throw new IOException("the address cannot be called", e);
      } catch (IOException e) {
        throw way.explained(e);
      } finally {
        if (!goesOn) {
          watch.end();
        }
      }
    }

    /** Refuses an answer of somebody on the way. */
    private void check(ClassicHttpResponse response) throws IOException {
      Function<String, Optional<String>> header =
          name -> Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
      OptionalLong sentBytes =
          getContentLength() < 0 ? OptionalLong.empty() : OptionalLong.of(getContentLength());
      Optional<HostException> unfit =
          way.unfit(new AnswerHead(response.getCode(), header, sentBytes));
      if (unfit.isPresent()) {
        request.cancel();
        response.close();
        throw unfit.get();
      }
    }
  }

  /** A request's body. Written once; the library makes another one where it tries again. */
  private static final class Body extends AbstractHttpEntity {
    private final LowLevelHttpRequest request;
    private final Watch watch;

    Body(LowLevelHttpRequest request, Watch watch) {
      super(request.getContentType(), request.getContentEncoding(), request.getContentLength() < 0);
      this.request = request;
      this.watch = watch;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      watch.feed(body -> request.getStreamingContent().writeTo(body), out);
    }

    @Override
    public long getContentLength() {
      return request.getContentLength();
    }

    @Override
    public InputStream getContent() throws IOException {
      throw new IOException("this body is only written");
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public void close() {
      // Whoever opened the source closes it.
    }
  }

  /** A response's body, of which little is read to its end when it is closed. */
  private static final class WatchedBody extends InputStream {
    private static final int WORTH_READING_BYTES = 8 << 10;
    private static final Duration WORTH_WAITING = Duration.ofSeconds(1);

    private final InputStream body;
    private final InputStream watched;
    private final Runnable cut;
    private final ScheduledThreadPoolExecutor timer;
    private boolean ended;

    WatchedBody(InputStream body, Watch watch, Runnable cut, ScheduledThreadPoolExecutor timer) {
      this.body = body;
      this.watched = watch.answer(body);
      this.cut = cut;
      this.timer = timer;
    }

    @Override
    public int read() throws IOException {
      int read = watched.read();
      ended |= read < 0;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = watched.read(bytes, offset, length);
      ended |= read < 0;
      return read;
    }

    /** When little is left the connection is kept for the next call; else it is cut. */
    @Override
    public void close() throws IOException {
      if (!ended && !endsSoon()) {
        cut.run();
      }
      ended = true;
      watched.close();
    }

    private boolean endsSoon() {
      Watch brief = new Watch(WORTH_WAITING, cut, timer);
      try {
        brief.start();
        brief.over(() -> body.readNBytes(WORTH_READING_BYTES));
        return brief.over(body::read) < 0;
      } catch (IOException e) {
        // Nobody wants these bytes: all that matters is that the connection is not used again.
        return false;
      } finally {
        brief.end();
      }
    }
  }
}
