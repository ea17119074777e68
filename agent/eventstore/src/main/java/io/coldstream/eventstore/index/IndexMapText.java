package io.coldstream.eventstore.index;

import io.coldstream.eventstore.DatabaseException;
import io.coldstream.eventstore.Invariant;
import io.coldstream.eventstore.Md5;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The text of an index map ({@code database-files.md#s7-1}, 5.0 to 26.1): the digest of every
 * byte from offset 32 on, the version, two checkpoints, the merge level, a line for each table.
 */
final class IndexMapText {

  private static final int DIGEST_CHARACTERS = 2 * Md5.LENGTH_BYTES;
  private static final Pattern DIGEST = Pattern.compile("[0-9A-Fa-f]{32}");
  private static final Pattern LINE_END = Pattern.compile("\r?\n");
  private static final String VERSION = "2";
  private static final int VERSION_LINE = 1;
  private static final int CHECKPOINTS_LINE = 2;
  private static final int LEVEL_LINE = 3;
  private static final int FIRST_TABLE_LINE = 4;

  private IndexMapText() {}

  static IndexMap parse(byte[] bytes) throws DatabaseException {
    checkDigest(bytes);
    String[] lines = LINE_END.split(new String(bytes, StandardCharsets.UTF_8), -1);
    int count = lines.length;
    while (count > FIRST_TABLE_LINE && lines[count - 1].isEmpty()) {
      count--;
    }
    if (count < FIRST_TABLE_LINE || lines[0].length() != DIGEST_CHARACTERS) {
      throw damaged("has " + count + " lines");
    }
    if (!lines[VERSION_LINE].equals(VERSION)) {
      throw DatabaseException.unsupported(
          IndexMap.FILE_NAME,
          Invariant.I7,
          "has version '" + shortened(lines[VERSION_LINE]) + "', expected is version " + VERSION,
          "back up without the index; a restored server rebuilds it");
    }
    String[] checkpoints = lines[CHECKPOINTS_LINE].split("/", -1);
    if (checkpoints.length != 2) {
      throw damaged("has checkpoints '" + shortened(lines[CHECKPOINTS_LINE]) + "'");
    }
    OptionalLong prepare = checkpoint(checkpoints[0]);
    OptionalLong commit = checkpoint(checkpoints[1]);
    SortedMap<Long, List<TableName>> levels =
        tables(Arrays.asList(lines).subList(FIRST_TABLE_LINE, count));
    List<TableName> newestFirst = new ArrayList<>();
    for (List<TableName> level : levels.values()) {
      List<TableName> reversed = new ArrayList<>(level);
      Collections.reverse(reversed);
      newestFirst.addAll(reversed);
    }
    if (!newestFirst.isEmpty() && (prepare.isEmpty() || commit.isEmpty())) {
      throw damaged("lists " + newestFirst.size() + " tables and no checkpoint");
    }
    return new IndexMap(
        bytes, prepare, commit, (int) number(lines[LEVEL_LINE], Integer.MAX_VALUE), newestFirst);
  }

  static Md5 statedMd5(byte[] bytes) {
    return new Md5(new String(bytes, 0, DIGEST_CHARACTERS, StandardCharsets.US_ASCII)
        .toLowerCase(Locale.ROOT));
  }

  private static void checkDigest(byte[] bytes) throws DatabaseException {
    if (bytes.length < DIGEST_CHARACTERS
        || !DIGEST
            .matcher(new String(bytes, 0, DIGEST_CHARACTERS, StandardCharsets.US_ASCII))
            .matches()) {
      throw damaged("of " + bytes.length + " bytes does not start with a digest");
    }
    MessageDigest digest = Md5.newDigest();
    digest.update(bytes, DIGEST_CHARACTERS, bytes.length - DIGEST_CHARACTERS);
    Md5 actual = Md5.ofBytes(digest.digest());
    if (!actual.equals(statedMd5(bytes))) {
      throw damaged("states the MD5 " + statedMd5(bytes) + ", but its text has " + actual);
    }
  }

  private static SortedMap<Long, List<TableName>> tables(List<String> lines)
      throws DatabaseException {
    SortedMap<Long, List<TableName>> levels = new TreeMap<>();
    Set<TableName> seen = new HashSet<>();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (fields.length != 3) {
        throw damaged("has the line '" + shortened(line) + "'");
      }
      long level = number(fields[0], Integer.MAX_VALUE);
      long position = number(fields[1], Integer.MAX_VALUE);
      List<TableName> tables = levels.computeIfAbsent(level, l -> new ArrayList<>());
      if (position != tables.size()) {
        throw damaged("has position " + position + " of level " + level + " out of order");
      }
      TableName name;
      try {
        name = new TableName(fields[2]);
      } catch (IllegalArgumentException e) {
        throw damaged("lists a table called '" + shortened(fields[2]) + "'");
      }
      if (!seen.add(name)) {
        throw damaged("lists the table " + name + " twice");
      }
      tables.add(name);
    }
    return levels;
  }

  private static OptionalLong checkpoint(String text) throws DatabaseException {
    return text.equals("-1") ? OptionalLong.empty() : OptionalLong.of(number(text, Long.MAX_VALUE));
  }

  private static long number(String text, long most) throws DatabaseException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number that is out of range is.
    }
    throw damaged("has '" + shortened(text) + "' instead of a number");
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }

  static DatabaseException damaged(String found) {
    return DatabaseException.damaged(IndexMap.FILE_NAME, Invariant.I7, found);
  }
}
