package io.coldstream.cli.kills;

import io.coldstream.cli.server.StoreServer;
import io.coldstream.eventstore.testing.model.SyntheticDatabase;
import io.coldstream.eventstore.testing.model.SyntheticDatabase.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Backs a database up and restores it while the command is killed at random moments, and fails unless
 * everything comes back as it was and no more is moved twice than one part for each stream that a kill
 * cut off.
 */
@Command(
    name = "kills",
    description = "Kills backup and restore again and again; counts what is moved twice.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Kills implements Callable<Integer> {

  private static final int CHUNKS = 2;

  /** The smallest that every provider takes. */
  private static final int PART_BYTES = 5 << 20;

  @Option(names = "--store", defaultValue = "s3", description = "s3, az or gs (${DEFAULT-VALUE}).")
  private String store;

  @Option(names = "--kills", defaultValue = "20", description = "How often (${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--megabytes",
      defaultValue = "600",
      description = "How much is moved, in 10^6 bytes (${DEFAULT-VALUE}).")
  private int megabytes;

  @Option(names = "--seed", description = "Chooses the moments; by default another one each time.")
  private long seed = System.nanoTime();

  @Option(names = "--work", required = true, description = "Folder; made, and removed again.")
  private Path work;

  @Option(names = "--launcher", required = true, description = "The command that is killed.")
  private Path launcher;

  private Kills() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Kills()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    KillFolder folder = KillFolder.make(work);
    int chunkBytes = megabytes * 1_000_000 / CHUNKS;
    SyntheticDatabase.write(
        folder.database(),
        new Shape(chunkBytes, CHUNKS, chunkBytes, 64 << 10, 16 << 10, 4, true, 4, 1));
    try (StoreServer server = StoreServer.start(store, folder.server());
        CountingProxy proxy = new CountingProxy(server.address())) {
      KilledCommand command = new KilledCommand(
          launcher.toAbsolutePath(),
          server.repository(proxy.address()) + "&part-size=" + PART_BYTES,
          server.environment(),
          folder,
          // A provider that can list what arrived needs nothing that an earlier process left here.
          store.equals("gs"));
      boolean good = kill("backup", command.backup(), proxy, proxy::sentBytes);
      good &= kill("restore", command.restore(), proxy, proxy::fetchedBytes);
      say("%s: %d files came back as they were", store, folder.requireSame(chunkBytes));
      return good ? 0 : 1;
    }
  }

  private boolean kill(
      String name, KilledCommand.Formats words, CountingProxy proxy, LongSupplier moved)
      throws IOException, InterruptedException {
    long before = moved.getAsLong();
    Random random = new Random(seed);
    long bytes = megabytes * 1_000_000L;
    int met = 0;
    int streams = 0;
    while (met < kills) {
      // On average a little short of the end at the last one, whatever is moved twice.
      long moment = moved.getAsLong() + 1 + random.nextLong(3 * bytes / (2 * kills));
      OptionalInt cut = words.killWhen(() -> moved.getAsLong() >= moment, proxy::streams);
      if (cut.isEmpty()) {
        break;
      }
      met++;
      streams += cut.getAsInt();
    }
    if (met == kills) {
      words.untilDone();
    }
    long twice = moved.getAsLong() - before - bytes;
    long allowed = (long) streams * PART_BYTES + bytes / 50;
    say(
        "%s %s: killed %d times, %d streams cut; %.1f MB moved twice, %.1f MB a kill; %.1f MB are"
            + " allowed: a part of %.1f MB for each stream, and 2%% for headers",
        store,
        name,
        met,
        streams,
        twice / 1e6,
        twice / 1e6 / Math.max(1, met),
        allowed / 1e6,
        PART_BYTES / 1e6);
    return met == kills && twice <= allowed;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
