package io.coldstream.store.testkit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import javax.net.ServerSocketFactory;

/** A socket on 127.0.0.1 whose connections have a thread each. */
final class Loopback implements AutoCloseable {

  /** Systems take tens of megabytes for a reader that pauses, and a sender would not notice. */
  private static final int RECEIVE_BUFFER_BYTES = 256 << 10;

  private final ServerSocket listening;
  private final String name;
  private final String scheme;
  private final Connection served;

  /** What is done for each connection; a failure ends it alone. */
  interface Connection {
    void serve(Socket socket) throws IOException;
  }

  private interface Task {
    void run() throws IOException;
  }

  Loopback(String name, Connection served) throws IOException {
    this(name, "http", ServerSocketFactory.getDefault(), served);
  }

  Loopback(String name, String scheme, ServerSocketFactory sockets, Connection served)
      throws IOException {
    this.name = name;
    this.scheme = scheme;
    this.served = served;
    this.listening = sockets.createServerSocket();
    this.listening.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    this.listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
  }

  void start() {
    start(() -> {
      while (true) {
        Socket socket = listening.accept();
        start(() -> served.serve(socket));
      }
    });
  }

  private void start(Task task) {
    thread(name, task).start();
  }

  URI uri() {
    return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort());
  }

  /** A thread that dies with the JVM, and silently when one side of a connection goes away. */
  private static Thread thread(String name, Task task) {
    Thread thread = new Thread(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            // One side went away, which is what many tests are about.
            return;
          }
        },
        name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
