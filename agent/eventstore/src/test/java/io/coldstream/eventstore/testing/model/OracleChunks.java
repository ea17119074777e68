package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.ParsedLog.Chunk;
import io.coldstream.eventstore.testing.model.ParsedLog.Record;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Judges the chunks of a set: I2, I3, I4, I13, and of I1 that the log ends where writer.chk says.
 */
final class OracleChunks {

  private static final Pattern NAME = Pattern.compile("chunk-\\d{6}\\.\\d{6}");
  private static final Pattern OLD_NAME = Pattern.compile("chunk-\\d{6}\\.\\w{6}");

  private final DatabaseSet set;
  private final long writer;
  private final List<String> verdicts;
  private final List<Chunk> cover = new ArrayList<>();
  private final NavigableMap<Long, Record> records = new TreeMap<>();

  OracleChunks(DatabaseSet set, long writer, List<String> verdicts) {
    this.set = set;
    this.writer = writer;
    this.verdicts = verdicts;
    judge();
  }

  /** The files that hold the log, in order. */
  List<Chunk> cover() {
    return cover;
  }

  /** The records below writer.chk, by position. */
  NavigableMap<Long, Record> records() {
    return records;
  }

  private void judge() {
    List<Chunk> files = new ArrayList<>();
    for (String name : set.root().keySet()) {
      if (name.endsWith(".tmp")) {
        verdicts.add("I4 " + name + ": a temporary file");
      } else if (NAME.matcher(name).matches()) {
        Optional<Chunk> chunk = Chunk.parse(name, set.root().get(name));
        chunk.ifPresent(files::add);
        if (chunk.isEmpty()) {
          verdicts.add("I2 " + name + ": shorter than 256 bytes");
        } else if (!soundHeader(chunk.get())) {
          verdicts.add("I2 " + name + ": its header is not that of such a file");
          return;
        }
      } else if (OLD_NAME.matcher(name).matches()) {
        verdicts.add("I4 " + name + ": 20.10 would take it for a chunk");
      }
    }
    if (!files.isEmpty()) {
      choose(files);
      read(files.get(0).chunkSize());
    } else if (writer > 0) {
      verdicts.add("I2 no chunk at all, and writer.chk is " + writer);
    }
  }

  private static boolean soundHeader(Chunk chunk) {
    int number = Integer.parseInt(chunk.name().substring(6, 12));
    return chunk.type() == 2
        && chunk.minCompatible() >= 2
        && chunk.minCompatible() <= 4
        && chunk.chunkSize() > 0
        && chunk.first() == number
        && chunk.last() >= chunk.first()
        && chunk.transform() == 0;
  }

  private void choose(List<Chunk> files) {
    long active = writer / files.get(0).chunkSize();
    for (Chunk file : files) {
      Chunk before = cover.isEmpty() ? null : cover.get(cover.size() - 1);
      if (file.chunkSize() != files.get(0).chunkSize()) {
        verdicts.add("I10 " + file.name() + ": another chunk size");
      }
      if (file.first() > active) {
        verdicts.add("I4 " + file.name() + ": lies beyond writer.chk " + writer);
      } else if (before != null && before.first() == file.first()) {
        cover.set(cover.size() - 1, file);
      } else if (before == null || file.first() > before.last()) {
        cover.add(file);
      } else if (version(file) > version(before)) {
        verdicts.add("I13 " + file.name() + ": newer than " + before.name() + ", which covers it");
      }
    }
    int expected = 0;
    for (Chunk file : cover) {
      if (file.first() != expected) {
        verdicts.add("I2 chunk " + expected + " is missing before " + file.name());
      }
      expected = file.last() + 1;
    }
    boolean boundary = writer % files.get(0).chunkSize() == 0;
    if (expected < active) {
      verdicts.add("I2 chunk " + expected + " is missing below writer.chk " + writer);
    } else if (expected == active && !boundary) {
      verdicts.add("I3 chunk " + active + " is missing, writer.chk is " + writer);
    }
  }

  private static int version(Chunk chunk) {
    return Integer.parseInt(chunk.name().substring(13));
  }

  private void read(int chunkSize) {
    long activeStart = writer / chunkSize * chunkSize;
    for (Chunk chunk : cover) {
      if (chunk.end() <= activeStart) {
        readCompleted(chunk);
      } else if (chunk.scavenged() || chunk.first() != chunk.last()) {
        verdicts.add("I3 " + chunk.name() + ": scavenged or merged, and writer.chk is in it");
      } else {
        int local = (int) (writer - activeStart);
        if (ChunkImage.FRAME_BYTES + local > chunk.bytes().length) {
          verdicts.add("I3 " + chunk.name() + ": holds fewer bytes than writer.chk says");
        } else if (readData(chunk, local, "I3") != local) {
          verdicts.add("I1 " + chunk.name() + ": writer.chk " + writer + " is not a record's end");
        }
      }
    }
  }

  private void readCompleted(Chunk chunk) {
    if (!chunk.completed()) {
      verdicts.add("I2 " + chunk.name() + ": not completed");
      return;
    }
    if (!chunk.hashAgrees()) {
      verdicts.add("I2 " + chunk.name() + ": its MD5 does not agree");
      return;
    }
    long content = (long) chunk.physical() + chunk.mapBytes();
    if (chunk.physical() < 0
        || chunk.mapBytes() < 0
        || content + 2 * ChunkImage.FRAME_BYTES > chunk.bytes().length
        || !chunk.scavenged() && (chunk.mapBytes() != 0 || chunk.logical() != chunk.physical())) {
      verdicts.add("I2 " + chunk.name() + ": its footer's sizes do not agree");
      return;
    }
    int before = records.size();
    if (readData(chunk, chunk.physical(), "I2") != chunk.physical()) {
      verdicts.add("I2 " + chunk.name() + ": its records do not fill its data");
    } else if (chunk.scavenged()) {
      readMap(chunk, records.size() - before);
    }
  }

  private int readData(Chunk chunk, int limit, String invariant) {
    int offset = 0;
    long last = -1;
    while (offset < limit) {
      Optional<Record> found = ParsedLog.record(chunk, offset, limit);
      if (found.isEmpty()) {
        return offset;
      }
      Record record = found.get();
      boolean placed = chunk.scavenged()
          ? record.position() >= chunk.start() && record.end() <= chunk.end()
          : record.position() == chunk.start() + offset;
      if (!placed || record.position() <= last) {
        verdicts.add(invariant + " " + chunk.name() + ": the record at " + offset + " says "
            + record.position());
        return limit;
      }
      last = record.position();
      records.put(last, record);
      offset += record.length();
    }
    return offset;
  }

  private void readMap(Chunk chunk, int count) {
    int width = chunk.wide() ? 12 : 8;
    if (chunk.mapBytes() != count * width) {
      verdicts.add("I2 " + chunk.name() + ": its map has not as many entries as there are records");
      return;
    }
    int at = ChunkImage.FRAME_BYTES + chunk.physical();
    ByteBuffer map = ByteBuffer.wrap(chunk.bytes(), at, chunk.mapBytes());
    map.order(ByteOrder.LITTLE_ENDIAN);
    long end = 0;
    for (Record record : records.subMap(chunk.start(), true, chunk.end(), false).values()) {
      int physical = map.getInt();
      long logical = chunk.wide() ? map.getLong() : map.getInt();
      if (physical != record.offset() || logical != record.position() - chunk.start()) {
        verdicts.add("I2 " + chunk.name() + ": its map misses the record at " + record.position());
        return;
      }
      end = record.end() - chunk.start();
    }
    if (end != chunk.logical()) {
      verdicts.add("I2 " + chunk.name() + ": its logical size is not the last record's end");
    }
  }
}
