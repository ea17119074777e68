/**
 * How a command talks to people and programs: results on the one stream, progress, warnings and
 * errors on the other, and the exit code. Depends on nothing but the settings, the
 * engine's events and what was counted of the store.
 */
package io.coldstream.cli.output;
