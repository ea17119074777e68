/**
 * How a command talks to people and programs: results on the one stream, progress, warnings and
 * errors on the other, and the exit code. Depends on nothing but the settings and the engine's events.
 */
package io.coldstream.cli.output;
