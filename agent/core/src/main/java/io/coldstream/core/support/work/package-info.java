/** Doing several things at once within bounds: used by upload, download and verification. */
package io.coldstream.core.support.work;
