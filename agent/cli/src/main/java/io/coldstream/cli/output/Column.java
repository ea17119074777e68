package io.coldstream.cli.output;

/**
 * A column of a {@link Table}.
 *
 * @param title what stands above it
 * @param right whether it is set right
 * @param narrow what becomes of it where the table is wider than the terminal
 * @param order of columns that are left out: 1 goes first
 */
public record Column(String title, boolean right, Narrow narrow, int order) {

  /** What becomes of a column where the table is wider than the terminal. */
  enum Narrow {
    /** It stays. */
    KEPT,
    /** It is left out. */
    DROPPED,
    /** Its cells end with an ellipsis. */
    CUT,
    /** Its cells are broken into lines. */
    WRAPPED
  }

  /**
   * A column of short texts, which always stays.
   *
   * @param title what stands above them
   * @return a column that stays
   */
  public static Column text(String title) {
    return new Column(title, false, Narrow.KEPT, 0);
  }

  /**
   * A right-aligned column of numbers, which always stays.
   *
   * @param title what stands above them
   * @return a column that stays
   */
  public static Column number(String title) {
    return new Column(title, true, Narrow.KEPT, 0);
  }

  /**
   * Names that are known by their beginnings.
   *
   * @param title what stands above them
   * @return a column that becomes narrower
   */
  public static Column cut(String title) {
    return new Column(title, false, Narrow.CUT, 0);
  }

  /**
   * Sentences, or what a person copies.
   *
   * @param title what stands above them
   * @return a column that becomes narrower and loses nothing
   */
  public static Column wrapped(String title) {
    return new Column(title, false, Narrow.WRAPPED, 0);
  }

  /**
   * The same, if the reader can do without.
   *
   * @param order 1 for the column that goes first
   * @return a column that is left out
   */
  public Column droppedAs(int order) {
    return new Column(title, right, Narrow.DROPPED, order);
  }

  /** {@return whether it is left out where all its cells are empty} */
  boolean isOptional() {
    return narrow == Narrow.DROPPED || narrow == Narrow.CUT;
  }

  /** {@return whether it becomes narrower} */
  boolean isFlexible() {
    return narrow == Narrow.CUT || narrow == Narrow.WRAPPED;
  }
}
