package io.coldstream.cli.benchmark;

/**
 * What a process used.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds of all its threads, in user and in kernel mode
 * @param peakBytes the most memory that was resident at a time
 */
record Usage(double seconds, double cpuSeconds, long peakBytes) {}
