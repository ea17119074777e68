/**
 * First of all: what the user set, in a file, in the environment or by options, becomes one record
 * of checked values before anything else happens.
 */
package io.coldstream.cli.settings;
