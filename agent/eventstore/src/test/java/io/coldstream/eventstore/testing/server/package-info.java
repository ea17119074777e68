/**
 * An emulator of a database server, as a program: it does with a directory what {@code
 * database-files.md#s14-1} says, answers over HTTP from the chunks in it, and misbehaves when told to.
 * It owes nothing to the code under test.
 */
package io.coldstream.eventstore.testing.server;
