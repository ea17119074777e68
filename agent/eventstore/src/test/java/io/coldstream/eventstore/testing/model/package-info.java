/**
 * A model of the database server's files, for tests of this module and of those that build on it.
 *
 * <p>Encoders write every kind of file byte for byte ({@code ChunkImage}, {@code RecordImage},
 * {@code IndexImage}); {@code SyntheticDatabase} fills real folders with them, quickly; {@code
 * WriterModel} is a server in memory that changes its files one atomic operation at a time, and
 * {@code InterleavedFiles} lets it do so between any two reads of what is tested; {@code Oracle}
 * tells whether a set of files is one that a server would start with, and holds what was written.
 *
 * <p>Nothing here uses the production code but the seam {@code DatabaseFiles}: a fault there must
 * not hide itself here. Facts are cited by their anchors in
 * {@code src/site/markdown/database-files.md}.
 */
package io.coldstream.eventstore.testing.model;
