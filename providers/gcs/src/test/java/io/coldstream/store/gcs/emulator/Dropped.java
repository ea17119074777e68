package io.coldstream.store.gcs.emulator;

import java.io.IOException;

/** The server shall hang up here. */
final class Dropped extends IOException {

  Dropped() {
    super("dropped on purpose");
  }
}
