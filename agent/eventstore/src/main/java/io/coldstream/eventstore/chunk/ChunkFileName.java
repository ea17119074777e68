package io.coldstream.eventstore.chunk;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a chunk file: {@code chunk-000012.000003} ({@code database-files.md#s3-1}, the rule
 * of 21.10 to 26.1: six digits each). The order is that of the names.
 *
 * @param number the first, or only, chunk number of the file, 0 to 999,999
 * @param version how often the file that starts with this number was replaced, 0 to 999,999; says
 *     nothing about being scavenged ({@code database-files.md#s3-2})
 */
public record ChunkFileName(int number, int version) implements Comparable<ChunkFileName> {

  /** What every chunk file's name begins with. */
  public static final String PREFIX = "chunk-";

  private static final Pattern DIGITS = Pattern.compile("chunk-([0-9]{6})\\.([0-9]{6})");

  /**
   * Up to 20.10: any six word characters count as a version, and sort above digits
   * ({@code database-files.md#s3-1}).
   */
  private static final Pattern WORD =
      Pattern.compile("chunk-\\d{6}\\.\\w{6}", Pattern.UNICODE_CHARACTER_CLASS);

  private static final int MOST = 999_999;
  private static final Comparator<ChunkFileName> ORDER =
      Comparator.comparingInt(ChunkFileName::number).thenComparingInt(ChunkFileName::version);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one of them does not fit into six digits
   */
  public ChunkFileName {
    if (number < 0 || number > MOST || version < 0 || version > MOST) {
      throw new IllegalArgumentException("chunk number " + number + ", version " + version);
    }
  }

  /**
   * Reads a file's name.
   *
   * @param name a bare file name
   * @return what it says; empty when it is not a chunk's by the digit rule
   */
  public static Optional<ChunkFileName> parse(String name) {
    Matcher matcher = DIGITS.matcher(name);
    return matcher.matches()
        ? Optional.of(new ChunkFileName(
            Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * Whether a name is no chunk's by the digit rule, but may be mistaken for one, by a person or by
   * a server.
   *
   * @param name a bare file name
   * @return true for everything else that begins like a chunk's name
   */
  public static boolean looksLikeChunk(String name) {
    return name.startsWith(PREFIX) && parse(name).isEmpty();
  }

  /**
   * Whether servers up to 20.10 would take a name for a chunk's, though later ones would not, for
   * instance {@code chunk-000001.backup}.
   *
   * @param name a bare file name
   * @return true when it matches the old rule and not the new one
   */
  public static boolean isChunkUpTo2010(String name) {
    return WORD.matcher(name).matches() && parse(name).isEmpty();
  }

  @Override
  public int compareTo(ChunkFileName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "chunk-%06d.%06d", number, version);
  }
}
