/**
 * The benchmark: a program, not a test. A made-up database goes to a local S3 server in a process of
 * its own and back, once by {@code coldstream backup} and {@code coldstream restore} as a user types
 * them, and once by each peer; a table says what each needed.
 *
 * <p>{@link io.coldstream.cli.benchmark.AppendBenchmark} is a second program. It measures how long a
 * database's appends take while a backup uses the same disk.
 *
 * <p>Place in the flow: outside of it. {@link io.coldstream.cli.benchmark.Benchmark} shows the order;
 * {@code src/site/markdown/benchmarks.md} has the command and figures.
 */
package io.coldstream.cli.benchmark;
