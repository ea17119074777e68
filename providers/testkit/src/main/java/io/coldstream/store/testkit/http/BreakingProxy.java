package io.coldstream.store.testkit.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy before an emulator on 127.0.0.1. It passes bytes on as they are (so that signatures hold),
 * but breaks where a test says so.
 */
public class BreakingProxy implements AutoCloseable {

  private final Loopback listening = new Loopback("breaking-proxy", this::serve);
  private final URI behind;
  private final Map<Break, Long> matched = new LinkedHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean broken;

  /**
   * Starts a proxy.
   *
   * @param behind where the emulator listens, by plain HTTP
   * @param breaks what breaks; of several that are due for one request the first is taken
   * @throws IOException when no port is free
   */
  public BreakingProxy(URI behind, Break... breaks) throws IOException {
    this.behind = behind;
    for (Break one : breaks) {
      matched.put(one, 0L);
    }
    listening.start();
  }

  /**
   * Where it listens.
   *
   * @return its address, without a path
   */
  public final URI uri() {
    return listening.uri();
  }

  /**
   * What was asked so far, also what then broke.
   *
   * @return the request lines, in the order in which they arrived
   */
  public final List<String> requests() {
    return requests;
  }

  /**
   * Whether anything was broken so far.
   *
   * @return true when one of the breaks was due
   */
  public final boolean hasBroken() {
    return broken;
  }

  private void serve(Socket client) throws IOException {
    try (client;
        Socket server = new Socket(behind.getHost(), behind.getPort())) {
      new ProxiedConnection(client, server, this::due).run();
    }
  }

  /** Counts a request, and says what breaks it. */
  private synchronized Optional<Break> due(String line) {
    requests.add(line);
    Optional<Break> due = Optional.empty();
    for (Map.Entry<Break, Long> entry : matched.entrySet()) {
      Break one = entry.getKey();
      if (one.requests().matcher(line).find()) {
        entry.setValue(entry.getValue() + 1);
        if (due.isEmpty() && one.turns().test(entry.getValue())) {
          due = Optional.of(one);
          broken = true;
        }
      }
    }
    return due;
  }

  @Override
  public final void close() throws IOException {
    listening.close();
  }
}
