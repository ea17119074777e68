package io.coldstream.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.coldstream.cli.output.Column;
import io.coldstream.cli.output.Formats;
import io.coldstream.cli.output.Table;
import io.coldstream.core.repository.BackupFiles;
import io.coldstream.core.repository.manifest.ChunkEntry;
import io.coldstream.core.repository.manifest.FileEntry;
import io.coldstream.eventstore.chunk.ChunkFileName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chunk file in {@code json-output.md}.
 *
 * @param numbers the chunk numbers that it holds
 * @param file its name
 * @param version the version in its name
 * @param state what became of it: {@code active}, {@code completed} or {@code scavenged}
 * @param bytes its length
 * @param fromPosition where in the log it begins
 * @param toPosition where its last record ends
 * @param firstRecord when its first record was written; null unless {@code --times} was given
 */
record ChunkMap(
    Numbers numbers,
    String file,
    int version,
    String state,
    long bytes,
    long fromPosition,
    long toPosition,
    @JsonInclude(Include.ALWAYS) Optional<Instant> firstRecord) {

  /** Two numbers are the same unless the file was merged. */
  record Numbers(int first, int last) {}

  static List<ChunkMap> of(BackupFiles files, Map<String, Instant> times) {
    long size = files.manifest().log().chunkSizeBytes();
    List<ChunkMap> map = new ArrayList<>();
    for (FileEntry file : files.chunks()) {
      ChunkEntry chunk = file.chunk().orElseThrow();
      long start = chunk.firstNumber() * size;
      String completed = chunk.scavenged() ? "scavenged" : "completed";
      map.add(new ChunkMap(
          new Numbers(chunk.firstNumber(), chunk.lastNumber()),
          file.name(),
          ChunkFileName.parse(file.name()).orElseThrow().version(),
          chunk.footerMd5().isPresent() ? completed : "active",
          file.lengthBytes(),
          start,
          start + chunk.logicalDataBytes(),
          Optional.ofNullable(times.get(file.name()))));
    }
    return map;
  }

  static List<String> lines(List<ChunkMap> map, int columns) {
    Table table = new Table(
        Column.number("CHUNKS"),
        Column.number("VERSION").droppedAs(1),
        Column.text("STATE"),
        Column.number("SIZE").droppedAs(2),
        Column.number("FROM"),
        Column.number("TO"),
        Column.text("FIRST RECORD").droppedAs(3));
    for (ChunkMap chunk : map) {
      boolean merged = chunk.numbers.last > chunk.numbers.first;
      table.row(
          merged ? chunk.numbers.first + "-" + chunk.numbers.last : "" + chunk.numbers.first,
          Integer.toString(chunk.version),
          chunk.state,
          Formats.size(chunk.bytes),
          Formats.position(chunk.fromPosition),
          Formats.position(chunk.toPosition),
          chunk.firstRecord.map(Formats::option).orElse(""));
    }
    return table.lines(columns);
  }
}
