/**
 * A program, not a test: kills the {@code coldstream} command again and again while it sends and while
 * it fetches, starts it again each time, and counts what had to be moved twice.
 *
 * <p>{@link io.coldstream.cli.kills.Kills} shows the order; {@code src/site/markdown/benchmarks.md} has
 * the command and figures.
 */
package io.coldstream.cli.kills;
