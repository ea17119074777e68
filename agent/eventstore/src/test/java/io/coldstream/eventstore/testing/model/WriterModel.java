package io.coldstream.eventstore.testing.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.coldstream.eventstore.files.DatabaseFiles;
import io.coldstream.eventstore.files.FileEntry;
import io.coldstream.eventstore.files.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A database server in memory, as far as its files show it: it appends, completes chunks, moves its
 * checkpoints, writes, merges and scavenges its index, scavenges and merges chunks, dies, truncates
 * and starts again, in the orders of one {@link Profile}. {@link #step()} is one atomic operation
 * on its files; which one comes next is decided by a seed, so a history can be played again.
 * Readers use it as {@link DatabaseFiles}. Safe for several threads: steps and reads come one after
 * the other.
 */
public final class WriterModel implements DatabaseFiles {

  /**
   * What a model is like.
   *
   * @param profile the server's version
   * @param seed decides everything that happens
   * @param chunkSizeBytes bytes of data in a chunk, at least 4096
   * @param memtableEntries how many events make a table of the index
   * @param restartsPerMille how many of a thousand steps begin with a kill and a restart
   * @param truncationsPerMille how many begin with a lost election, which truncates the log
   */
  public record Settings(
      Profile profile,
      long seed,
      int chunkSizeBytes,
      int memtableEntries,
      int restartsPerMille,
      int truncationsPerMille) {

    /** Checks the chunk size. */
    public Settings {
      if (chunkSizeBytes < 4096) {
        throw new IllegalArgumentException("a group may need 4096 bytes, not " + chunkSizeBytes);
      }
    }

    /** Small chunks, many tables, now and then a restart or a truncation. */
    public static Settings of(Profile profile, long seed) {
      return new Settings(profile, seed, 4096, 12, 2, 1);
    }

    /** The same, without restarts and truncations. */
    public Settings steady() {
      return new Settings(profile, seed, chunkSizeBytes, memtableEntries, 0, 0);
    }
  }

  private final Server server;
  private final Starter starter;
  private final LogWriter writer;
  private final List<Actor> others;
  private long steps;

  /** A server at its first start: steps create the first chunk and the first epoch. */
  public WriterModel(Settings settings) {
    server = new Server(settings, Path.of("model", "db"));
    writer = new LogWriter(server);
    IndexWriter index = new IndexWriter(server);
    Scavenger scavenger = new Scavenger(server);
    Chaser chaser = new Chaser(server);
    Housekeeper housekeeper = new Housekeeper(server);
    others = List.of(chaser, index, scavenger, housekeeper);
    starter = new Starter(
        server,
        writer,
        index,
        scavenger,
        housekeeper,
        List.of(writer, chaser, index, scavenger, housekeeper));
    starter.planFirstStart();
  }

  /** The model of a version, with small settings. */
  public static WriterModel of(Profile profile, long seed) {
    return new WriterModel(Settings.of(profile, seed));
  }

  /** The database folder. */
  public Path folder() {
    return server.db;
  }

  /** The index folder, below the database folder. */
  public Path indexFolder() {
    return server.index;
  }

  /** The disk, to put files on it or to count descriptors. */
  public MemoryDisk disk() {
    return server.disk;
  }

  /** What was ever written. Read it while no step is being made. */
  public Ledger ledger() {
    return server.ledger;
  }

  /** The bytes of data in a chunk. */
  public int chunkSizeBytes() {
    return server.chunkSize();
  }

  /** How many steps were made. */
  public synchronized long steps() {
    return steps;
  }

  /** Whether truncate.chk is armed: the files hold a branch that is being discarded. */
  public synchronized boolean truncating() {
    return server.truncate >= 0;
  }

  /** Makes one step: one atomic operation on the files. */
  public synchronized void step() {
    steps++;
    if (starter.busy()) {
      starter.step();
      return;
    }
    int dice = server.random.nextInt(1000);
    Settings settings = server.settings;
    if (dice < settings.restartsPerMille()) {
      if (starter.planRestart()) {
        return;
      }
    } else if (dice < settings.restartsPerMille() + settings.truncationsPerMille()) {
      if (starter.planTruncation()) {
        return;
      }
    }
    if (dice % 2 == 0 || !others.get(pick()).step()) {
      writer.step();
    }
  }

  /** Makes several steps. */
  public void run(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /** Sets the leader's clock forwards, or back. */
  public synchronized void stepClock(Duration by) {
    server.stepClock(by.toMillis());
  }

  /**
   * Kills the server now and lets it start again; false where the real one would refuse to start.
   */
  public synchronized boolean restart() {
    return !starter.busy() && starter.planRestart();
  }

  /**
   * Lets the server lose an election now: it will truncate; false where nothing can be truncated.
   */
  public synchronized boolean truncate() {
    return !starter.busy() && starter.planTruncation();
  }

  /** All files as they are at this instant, as a snapshot of a volume would have them. */
  public synchronized DatabaseSet everything() {
    NavigableMap<String, byte[]> index = new TreeMap<>();
    filesOf(server.index, "", index);
    filesOf(server.index.resolve("stream-existence"), "stream-existence/", index);
    NavigableMap<String, byte[]> root = new TreeMap<>();
    filesOf(server.db, "", root);
    return new DatabaseSet(root, index);
  }

  /**
   * The files of this instant that belong into a copy: without temporary files, superseded chunks
   * and those beyond writer.chk; the index only where its map is there and its commit below
   * chaser.chk ({@code database-files.md#s7-3}), with the files that the map lists.
   */
  public synchronized DatabaseSet snapshot() {
    DatabaseSet all = everything();
    List<String> cover =
        server.chunks.cover().stream().map(ChunkTable.ChunkFile::name).toList();
    long active = server.writer / server.chunkSize();
    NavigableMap<String, byte[]> root = new TreeMap<>(all.root());
    root.keySet()
        .removeIf(name -> !name.endsWith(".chk")
            && !(cover.contains(name) && Integer.parseInt(name, 6, 12, 10) <= active));
    byte[] map = all.index().get(IndexWriter.MAP);
    String[] lines = map == null ? new String[0] : new String(map, US_ASCII).split("\n");
    boolean useful = map != null && Long.parseLong(lines[2].split("/")[1]) < server.chaser;
    String listed = useful ? IndexWriter.MAP + String.join("\n", lines) : "";
    NavigableMap<String, byte[]> index = new TreeMap<>(all.index());
    index
        .keySet()
        .removeIf(
            name -> !name.contains("/") && !listed.contains(name.replace(".bloomfilter", "")));
    return new DatabaseSet(root, index);
  }

  @Override
  public List<FileEntry> list(Path folder) throws IOException {
    return server.disk.list(folder);
  }

  @Override
  public OpenFile open(Path file) throws IOException {
    return server.disk.open(file);
  }

  private int pick() {
    int dice = server.random.nextInt(10);
    return dice < 4 ? 0 : dice < 7 ? 1 : dice < 9 ? 2 : 3;
  }

  private void filesOf(Path folder, String prefix, NavigableMap<String, byte[]> into) {
    for (String name : server.disk.fileNames(folder)) {
      into.put(prefix + name, server.disk.bytes(folder.resolve(name)));
    }
  }
}
