/**
 * Where the data comes from: reads the files in a data directory of EventStoreDB or KurrentDB, and
 * knows nothing of backups or stores.
 */
package io.coldstream.eventstore;
