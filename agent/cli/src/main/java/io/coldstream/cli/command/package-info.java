/**
 * The commands: each takes checked settings, runs the engine once, and turns what comes back into a
 * report.
 */
package io.coldstream.cli.command;
