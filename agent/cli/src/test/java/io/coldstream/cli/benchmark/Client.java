package io.coldstream.cli.benchmark;

import io.coldstream.cli.server.StoreServer;
import java.io.IOException;

/** A program that sends the database's files to S3, and brings them back. */
interface Client {

  /** What it brings back. */
  enum Kind {
    /** A database that a server starts on. */
    DATABASE,
    /** The completed chunks. */
    CHUNKS
  }

  String name();

  Kind kind();

  /** Done once, before anything is measured. */
  default void prepare(Workspace workspace) throws IOException, InterruptedException {}

  /** The process to be measured; its output is taken care of. */
  ProcessBuilder command(Direction direction, Workspace workspace, StoreServer server);
}
