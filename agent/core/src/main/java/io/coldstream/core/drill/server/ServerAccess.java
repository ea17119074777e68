package io.coldstream.core.drill.server;

import io.coldstream.core.node.NodeAddress;
import io.coldstream.core.node.NodeCredentials;
import io.coldstream.core.node.NodeHttp;
import io.coldstream.core.support.failure.RunException;
import java.time.Duration;

/**
 * How a started server is asked.
 *
 * @param https whether it expects TLS
 * @param credentials who the drill is to it
 */
public record ServerAccess(boolean https, NodeCredentials credentials) {

  /** Over plain HTTP, without credentials. */
  public static final ServerAccess PLAIN = new ServerAccess(false, NodeCredentials.NONE);

  NodeHttp open(int port, Duration longest) throws RunException {
    NodeAddress address = NodeAddress.parse((https ? "https" : "http") + "://127.0.0.1:" + port);
    return new NodeHttp(address, credentials, longest, "the command or image of the server");
  }
}
