package io.coldstream.eventstore.testing.model;

import io.coldstream.eventstore.testing.model.IndexImage.MapLine;
import io.coldstream.eventstore.testing.model.Ledger.Entry;
import io.coldstream.eventstore.testing.model.Ledger.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes tables of what the chaser passed, merges and scavenges them, and replaces the map
 * ({@code database-files.md#s7-4}).
 */
final class IndexWriter extends Actor {

  static final String MAP = "indexmap";
  private static final int TABLES_PER_LEVEL = 2;

  private record Table(String name, int level, List<IndexImage.Entry> entries) {}

  private final Server server;
  private List<Table> tables = new ArrayList<>();
  private long commit = -1;

  IndexWriter(Server server) {
    this.server = server;
  }

  @Override
  void plan() {
    for (int level = 0; level < 10; level++) {
      List<Table> mates = ofLevel(level);
      if (mates.size() >= TABLES_PER_LEVEL) {
        List<IndexImage.Entry> merged = new ArrayList<>();
        mates.forEach(table -> merged.addAll(table.entries()));
        replace(mates, new Table(server.guid().toString(), level + 1, merged), commit);
        return;
      }
    }
    if (!tables.isEmpty() && server.chance(1)) {
      Table old = tables.get(server.random.nextInt(tables.size()));
      List<IndexImage.Entry> kept = new ArrayList<>(old.entries());
      kept.removeIf(entry -> server.chance(20));
      replace(List.of(old), new Table(server.guid().toString(), old.level(), kept), commit);
      return;
    }
    flushMemory();
  }

  private void flushMemory() {
    List<Entry> fresh = server.ledger.current().between(commit + 1, server.chaser).stream()
        .filter(entry -> entry.kind() == Kind.EVENT || entry.kind() == Kind.COMMIT)
        .filter(entry -> entry.end() <= server.chaser)
        .toList();
    if (fresh.size() >= server.settings.memtableEntries()) {
      List<IndexImage.Entry> entries = fresh.stream()
          .map(each -> new IndexImage.Entry(each.eventNumber(), hash(each), each.transaction()))
          .toList();
      long upTo = fresh.get(fresh.size() - 1).position();
      replace(List.of(), new Table(server.guid().toString(), 0, entries), upTo);
    }
  }

  /** New files complete, then the map, then old files: the map is missing for an instant. */
  private void replace(List<Table> old, Table fresh, long upTo) {
    writeTable(fresh);
    List<Table> next = new ArrayList<>(tables);
    if (old.size() == 1) { // a scavenged table takes the place of the old one
      next.set(next.indexOf(old.get(0)), fresh);
    } else { // a new or merged one is the newest of its level
      next.removeAll(old);
      next.add(fresh);
    }
    byte[] map = map(next, upTo);
    Path temporary = server.index.resolve(MAP + "." + server.guid() + ".indexmap.tmp");
    then(() -> server.disk.create(temporary, map));
    then(() -> server.disk.delete(server.index.resolve(MAP)));
    then(() -> {
      server.disk.rename(temporary, server.index.resolve(MAP));
      tables = next;
      commit = upTo;
    });
    for (Table each : old) {
      then(() -> server.disk.delete(server.index.resolve(each.name())));
      then(() -> server.disk.delete(server.index.resolve(bloom(each))));
    }
  }

  private void writeTable(Table table) {
    byte[] bytes = IndexImage.table(table.entries());
    Path file = server.index.resolve(table.name());
    int half = bytes.length / 2;
    then(() -> server.disk.create(file, java.util.Arrays.copyOf(bytes, half)));
    then(() ->
        server.disk.write(file, half, java.util.Arrays.copyOfRange(bytes, half, bytes.length)));
    if (server.profile.filters()) {
      byte[] filter = IndexImage.bloomFilter(4, table.entries().size());
      then(() -> server.disk.create(server.index.resolve(bloom(table)), filter));
    }
  }

  private static byte[] map(List<Table> tables, long commit) {
    List<MapLine> lines = new ArrayList<>();
    for (int level = 0; level < 12; level++) {
      int place = 0;
      for (Table table : tables) {
        if (table.level() == level) {
          lines.add(new MapLine(level, place++, table.name()));
        }
      }
    }
    return IndexImage.map(commit, commit, Integer.MAX_VALUE, lines);
  }

  /**
   * Loads the index at a start: keeps it, or discards it and begins again from nothing
   * ({@code database-files.md#s7-3}).
   */
  void planStart(Actor starter) {
    boolean mapped = server.disk.exists(server.index.resolve(MAP));
    boolean keep = mapped && commit < server.chaser;
    if (mapped && !keep) {
      Path backup = server.file("index-backup-" + server.random.nextInt(1 << 30));
      starter.then(() -> server.disk.makeFolder(backup));
      for (String name : server.disk.fileNames(server.index)) {
        byte[] bytes = server.disk.bytes(server.index.resolve(name));
        starter.then(() -> server.disk.create(backup.resolve(name), bytes));
      }
      starter.then(() -> server.disk.delete(server.index.resolve(MAP)));
    }
    if (!keep) {
      tables = new ArrayList<>();
      commit = -1;
    }
    List<String> wanted = new ArrayList<>(keep ? List.of(MAP) : List.of());
    tables.forEach(table -> wanted.addAll(List.of(table.name(), bloom(table))));
    for (String name : server.disk.fileNames(server.index)) {
      if (!wanted.contains(name) && !name.equals(MAP)) {
        starter.then(() -> server.disk.delete(server.index.resolve(name)));
      }
    }
  }

  private List<Table> ofLevel(int level) {
    return tables.stream().filter(table -> table.level() == level).toList();
  }

  private static String bloom(Table table) {
    return table.name() + ".bloomfilter";
  }

  private static long hash(Entry entry) {
    return entry.stream().hashCode() * 0x9E37_79B9_7F4A_7C15L;
  }
}
