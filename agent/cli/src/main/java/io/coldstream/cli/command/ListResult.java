package io.coldstream.cli.command;

import io.coldstream.cli.output.BackupJson;
import java.util.List;

/** The result of {@code list} in {@code json-output.md}. */
record ListResult(String repository, List<BackupJson> backups, List<Unreadable> unreadable) {

  /** A backup whose manifest cannot be read. */
  record Unreadable(long sequence, String fault) {}
}
