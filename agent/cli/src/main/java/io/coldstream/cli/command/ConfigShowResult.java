package io.coldstream.cli.command;

import java.util.List;

/** The result of {@code config show} in {@code json-output.md}. */
record ConfigShowResult(List<Shown> settings) {

  /** A setting, without anything secret. */
  record Shown(String name, String value, String setBy) {}
}
