package io.coldstream.core.node;

/** Nothing listens where the node should: it does not run, or somewhere else. */
public final class NodeStopped extends Exception {

  private static final long serialVersionUID = 1L;

  NodeStopped(String message, Throwable cause) {
    super(message, cause);
  }
}
