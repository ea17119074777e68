package io.coldstream.eventstore.testing.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Judges the index of a set: I7 and I8. */
final class OracleIndex {

  private static final String FILTER = "stream-existence/streamExistenceFilter";

  private final DatabaseSet set;
  private final long chaser;
  private final List<String> verdicts;

  OracleIndex(DatabaseSet set, long chaser, List<String> verdicts) {
    this.set = set;
    this.chaser = chaser;
    this.verdicts = verdicts;
  }

  /**
   * Judges; {@code ofModel} tells that the filter's pages are the model's, which name a position.
   */
  void judge(boolean ofModel) {
    byte[] map = set.index().get(IndexWriter.MAP);
    if (map != null) {
      judgeMap(map);
    } else if (set.index().keySet().stream().anyMatch(OracleIndex::isTable)) {
      verdicts.add("I7 index: tables, but no map");
    }
    byte[] checkpoint = set.index().get(FILTER + ".chk");
    byte[] pages = set.index().get(FILTER + ".dat");
    if (ofModel && checkpoint != null && pages != null) {
      if (number(pages, 64) < number(checkpoint, 0)) {
        verdicts.add("I8 " + FILTER + ".dat: older than its checkpoint");
      }
    }
  }

  private void judgeMap(byte[] map) {
    String text = new String(map, StandardCharsets.US_ASCII);
    String[] lines = text.split("\r?\n");
    if (map.length < 34 || lines.length < 4 || !lines[1].equals("2")) {
      verdicts.add("I7 indexmap: not a map");
      return;
    }
    byte[] hash = Bytes.md5(Arrays.copyOfRange(map, 32, map.length));
    if (!HexFormat.of().withUpperCase().formatHex(hash).equals(lines[0])) {
      verdicts.add("I7 indexmap: its MD5 does not agree");
      return;
    }
    long commit = Long.parseLong(lines[2].split("/")[1]);
    if (commit >= chaser) {
      verdicts.add("I7 indexmap: commit " + commit + " is not below chaser.chk " + chaser);
    }
    Map<Integer, Integer> places = new HashMap<>();
    for (String line : Arrays.asList(lines).subList(4, lines.length)) {
      String[] parts = line.split(",");
      int expected = places.merge(Integer.parseInt(parts[0]), 1, Integer::sum) - 1;
      if (Integer.parseInt(parts[1]) != expected) {
        verdicts.add("I7 indexmap: level " + parts[0] + " is not contiguous");
      }
      judgeTable(parts[2], commit);
    }
  }

  private void judgeTable(String name, long commit) {
    byte[] bytes = set.index().get(name);
    if (bytes == null) {
      verdicts.add("I7 " + name + ": listed, but missing");
      return;
    }
    if (bytes.length < 272 || bytes[0] != 1 || bytes[1] < 2 || bytes[1] > 4) {
      verdicts.add("I7 " + name + ": not a table");
      return;
    }
    int body = bytes.length - 16;
    byte[] hash = Arrays.copyOfRange(bytes, body, bytes.length);
    MessageDigest md5 = Bytes.newMd5();
    md5.update(bytes, 0, body);
    if (!Arrays.equals(hash, md5.digest())) {
      verdicts.add("I7 " + name + ": its MD5 does not agree");
      return;
    }
    if (bytes[1] == 4) {
      int midpoints = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(body - 126);
      for (int at = 128; at < body - 128 - midpoints * 24; at += 24) {
        if (number(bytes, at + 16) > commit) {
          verdicts.add("I7 " + name + ": an entry lies above commit " + commit);
          return;
        }
      }
    }
  }

  private static boolean isTable(String name) {
    return name.matches("[0-9a-fA-F-]{36}");
  }

  private static long number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
  }
}
