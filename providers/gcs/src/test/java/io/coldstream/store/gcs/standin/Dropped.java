package io.coldstream.store.gcs.standin;

import java.io.IOException;

/** The server shall hang up here. */
final class Dropped extends IOException {

  Dropped() {
    super("dropped on purpose");
  }
}
