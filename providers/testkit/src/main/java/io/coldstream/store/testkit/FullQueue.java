package io.coldstream.store.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Connections that fill the queue of a listening socket, so that a further one gets no answer. */
final class FullQueue implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 16;
  private static final int PATIENCE_MS = 300;

  private final List<Socket> sockets = new ArrayList<>();
  private boolean full;

  private FullQueue() {}

  /** Connects to a port of this machine until a connection is not taken. */
  static FullQueue of(int port) throws IOException {
    FullQueue queue = new FullQueue();
    while (!queue.full && queue.sockets.size() < MAX_CONNECTIONS) {
      Socket socket = new Socket();
      queue.sockets.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), PATIENCE_MS);
      } catch (SocketTimeoutException e) {
        queue.full = true;
      }
    }
    return queue;
  }

  boolean isFull() {
    return full;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
