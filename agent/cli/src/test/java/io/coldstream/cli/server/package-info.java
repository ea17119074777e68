/**
 * Servers in processes of their own, for the programs that measure and kill: each ends with the
 * process that started it.
 */
package io.coldstream.cli.server;
