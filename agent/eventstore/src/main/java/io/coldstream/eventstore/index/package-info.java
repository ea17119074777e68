/**
 * Beside the chunks: the index map, and the tables that it lists. Both carry a digest of their own,
 * so an unchanged table is known by 16 bytes.
 */
package io.coldstream.eventstore.index;
