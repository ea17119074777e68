/**
 * The adapter that makes a directory an object store ({@code file:}); found at run time, seen by
 * nobody at compile time.
 *
 * <p>Each object is a file under its own name, with a mark after components that could be taken for
 * both a file and a folder ({@code DiskNames}). Incomplete files are in {@code
 * .coldstream-unfinished}, under the name that they are for, and get their final name by a hard link
 * when they are complete and on the device. The last folder of the URL's path is made by the first
 * put; the one above it must exist.
 */
package io.coldstream.store.local;
