package io.coldstream.store.spi;

/**
 * How a person reads an object without Coldstream, for {@code RESTORE.txt} and {@code RESTORE.sh}. All
 * ASCII.
 *
 * @param title the kind of store, and the tool that is needed; without a colon at its end
 * @param urlForm the form of a repository's URL with what the tool needs
 * @param example what {@code REPO} may be, as an example
 * @param ofUrl a word of a POSIX shell that makes {@code REPO} of the repository's URL in {@code $1}
 * @param get a line of a POSIX shell that defines {@code get}, which writes the object whose name it is
 *     given to its standard output, or fails
 */
public record ManualRead(String title, String urlForm, String example, String ofUrl, String get) {}
