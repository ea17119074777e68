/**
 * The {@code coldstream} command: {@code Main} is the process; settings, output, composition and
 * commands are packages of their own, in this order.
 */
package io.coldstream.cli;
