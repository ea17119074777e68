/**
 * First step: how a database's folders are listed and read. Everything after it reads through
 * {@link io.coldstream.eventstore.files.DatabaseFiles}, so that a test can put a writing server
 * between any two reads.
 */
package io.coldstream.eventstore.files;
