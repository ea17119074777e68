package io.coldstream.cli.benchmark;

/** Which way the bytes go. */
enum Direction {
  UP("backup"),
  DOWN("restore");

  private final String title;

  Direction(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
