package io.coldstream.cli.command;

import io.coldstream.cli.output.BackupJson;
import java.util.List;
import java.util.Optional;

/** The result of {@code demo} in {@code json-output.md}; the folder only with {@code --keep}. */
record DemoResult(
    List<BackupJson> backups,
    int comparedFiles,
    long comparedBytes,
    Optional<String> folder,
    double seconds) {}
