package io.coldstream.core.drill.server;

import io.coldstream.core.support.failure.RunException;
import io.coldstream.core.support.failure.RunException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Gives free ports on 127.0.0.1. */
@FunctionalInterface
public interface Ports {

  /** The system's choice. It is free now, and may be taken by the time it is used. */
  Ports SYSTEM = () -> {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new RunException(Kind.INTERNAL, "no free port on 127.0.0.1: " + e.getMessage(), e);
    }
  };

  /**
   * The next port.
   *
   * @return a port that was free a moment ago
   * @throws RunException {@link Kind#INTERNAL} when there is none
   */
  int next() throws RunException;
}
