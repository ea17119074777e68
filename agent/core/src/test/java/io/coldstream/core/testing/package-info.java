/** What tests of several steps share. */
package io.coldstream.core.testing;
