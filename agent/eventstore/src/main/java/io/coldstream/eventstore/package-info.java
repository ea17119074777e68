/**
 * Where the data comes from: reads the files in a data directory of EventStoreDB or KurrentDB, and
 * knows nothing of backups or stores.
 *
 * <p>The way of the data: {@code files} lists and opens, {@code checkpoint} tells where the log
 * ends, {@code chunk} which files hold it, {@code index} which tables belong to it, {@code log}
 * what its records say. This package holds what all of them share: the one exception, the numbered
 * invariants, digests and GUIDs. Every fact about the files is cited by its anchor in the page
 * {@code src/site/markdown/database-files.md}, with the server versions it was read in.
 */
package io.coldstream.eventstore;
